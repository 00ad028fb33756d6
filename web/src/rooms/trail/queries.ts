import { useInfiniteQuery } from "@tanstack/react-query";
import { timeline } from "@/api/generated/customers";
import type { StoryKind } from "@/rooms/trail/story";

const PAGE_SIZE = 30;

/** What happened with a customer, newest first, page by page. */
export function useStory(customer: number, kind: StoryKind | null) {
  return useInfiniteQuery({
    queryKey: ["timeline", customer, kind],
    queryFn: ({ pageParam, signal }) =>
      timeline(
        customer,
        { limit: PAGE_SIZE, ...(kind && { kind }), ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}
