import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { approveReview, rejectReview, reviews } from "@/api/generated/customers";
import type { ReviewOut, ReviewsOut } from "@/api/generated/zhike.schemas";
import type { ReviewView } from "@/rooms/customers/reviews/reviewFilters";

const PAGE_SIZE = 30;

type Pages = InfiniteData<ReviewsOut, string | undefined>;

/** What waits for me, what I asked for, or what was decided; the newest first. */
export function useReviews(view: ReviewView) {
  return useInfiniteQuery({
    queryKey: ["reviews", "list", view],
    queryFn: ({ pageParam, signal }) =>
      reviews(
        {
          limit: PAGE_SIZE,
          ...(view === "mine" ? { mine: true } : {}),
          ...(view === "waiting" ? { state: "pending" } : {}),
          ...(view === "decided" ? { state: "decided" } : {}),
          ...(pageParam && { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Deciding: gone from the queue at once, back in it when the server refuses. */
export function useDeciding() {
  const cache = useQueryClient();
  const refresh = ({ customer }: ReviewOut) => {
    const keys = [["reviews"], ["customers"], ["customer", customer.id], ["timeline", customer.id]];
    for (const queryKey of keys) void cache.invalidateQueries({ queryKey });
  };
  const decide = async (review: ReviewOut, send: () => Promise<ReviewOut>): Promise<ReviewOut> => {
    const waiting = { queryKey: ["reviews", "list", "waiting"] };
    await cache.cancelQueries(waiting);
    cache.setQueriesData<Pages>(waiting, (pages) => pages && without(pages, review));
    try {
      return await send();
    } finally {
      refresh(review);
    }
  };
  return {
    approve: (review: ReviewOut) =>
      decide(review, () => approveReview(review.id, { seen: review.seen })),
    reject: (review: ReviewOut, note: string) =>
      decide(review, () => rejectReview(review.id, { note, seen: review.seen })),
  };
}

function without(pages: Pages, gone: ReviewOut): Pages {
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items.filter((item) => item.id !== gone.id),
    })),
  };
}
