import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import { channels, deliveries } from "@/api/generated/channels";

const PAGE_SIZE = 50;

export const channelKeys = {
  all: ["channels"] as const,
  list: ["channels", "list"] as const,
  deliveries: (id: number) => ["channels", "deliveries", id] as const,
};

export function useChannels() {
  return useQuery({ queryKey: channelKeys.list, queryFn: ({ signal }) => channels({ signal }) });
}

/** What went or is to go through a channel, the latest first. */
export function useDeliveries(channel: number | null, state: string) {
  return useInfiniteQuery({
    queryKey: [...channelKeys.deliveries(channel ?? 0), state],
    queryFn: ({ pageParam, signal }) =>
      deliveries(
        channel ?? 0,
        { limit: PAGE_SIZE, ...(state && { state }), ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    enabled: channel !== null,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function refreshChannels(cache: QueryClient): Promise<void> {
  return cache.invalidateQueries({ queryKey: channelKeys.all });
}
