import {
  type InfiniteData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { countUnread, markRead, type NoticesPage, noticesPage } from "@/api/notices";

const PAGE_SIZE = 30;

export const noticeKeys = {
  all: ["notices"] as const,
  unread: ["notices", "unread"] as const,
  lists: ["notices", "list"] as const,
  list: (isUnread: boolean) => ["notices", "list", isUnread ? "unread" : "all"] as const,
  wishes: ["notices", "wishes"] as const,
};

type Pages = InfiniteData<NoticesPage, string | undefined>;

/** How many wait to be read. `useListening` keeps it right, so nothing asks for it twice. */
export function useUnread(): number {
  const { data } = useQuery({
    queryKey: noticeKeys.unread,
    queryFn: ({ signal }) => countUnread(signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  return data ?? 0;
}

export function useNotices(isUnread: boolean, isOpen: boolean) {
  return useInfiniteQuery({
    queryKey: noticeKeys.list(isUnread),
    queryFn: ({ pageParam, signal }) =>
      noticesPage(
        {
          limit: PAGE_SIZE,
          ...(isUnread && { unread: true }),
          ...(pageParam && { cursor: pageParam }),
        },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: isOpen,
  });
}

/** Marks some or all as read: shown at once. Those read now stay in the list that is looked at. */
export function useReading() {
  const cache = useQueryClient();
  return async (which: number[] | "all"): Promise<void> => {
    const at = new Date().toISOString();
    const isMeant = (id: number) => which === "all" || which.includes(id);
    await cache.cancelQueries({ queryKey: noticeKeys.lists });
    cache.setQueriesData<Pages>(
      { queryKey: noticeKeys.lists },
      (pages) =>
        pages && {
          ...pages,
          pages: pages.pages.map((page) => ({
            ...page,
            items: page.items.map((one) =>
              one.read_at === null && isMeant(one.id) ? { ...one, read_at: at } : one,
            ),
          })),
        },
    );
    cache.setQueryData<number>(noticeKeys.unread, (count = 0) =>
      which === "all" ? 0 : Math.max(0, count - which.length),
    );
    try {
      cache.setQueryData(noticeKeys.unread, await markRead(which));
    } catch (error) {
      void cache.invalidateQueries({ queryKey: noticeKeys.all });
      throw error;
    }
  };
}
