import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { listJobs, summary } from "@/api/generated/site";

const PAGE_SIZE = 100;
const BUSY = 3_000;
const IDLE = 20_000;

export const jobKeys = {
  all: ["jobs"] as const,
  summary: ["jobs", "summary"] as const,
  list: (state: string, kind: string) => ["jobs", "list", state, kind] as const,
};

/** How the work behind the scenes is going; looked at more often while there is some. */
export function useJobSummary() {
  return useQuery({
    queryKey: jobKeys.summary,
    queryFn: ({ signal }) => summary({ signal }),
    refetchInterval: ({ state: { data } }) => (data && data.running > 0 ? BUSY : IDLE),
  });
}

export function useJobs(state: string, kind: string, isBusy: boolean) {
  return useInfiniteQuery({
    queryKey: jobKeys.list(state, kind),
    queryFn: ({ pageParam, signal }) =>
      listJobs(
        {
          limit: PAGE_SIZE,
          ...(state && { state }),
          ...(kind && { kind }),
          ...(pageParam && { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: isBusy ? BUSY : IDLE,
  });
}
