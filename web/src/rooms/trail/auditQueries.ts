import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { auditEvents, auditGroups, auditState } from "@/api/audit";
import { type AuditFilters, auditQuery } from "@/rooms/trail/audit";

const PAGE_SIZE = 50;

export const auditKeys = {
  events: (filters: AuditFilters) => ["audit", "events", auditQuery(filters)] as const,
  groups: ["audit", "groups"] as const,
  state: ["audit", "state"] as const,
};

/** What everybody did, newest first, page by page. */
export function useAuditEvents(filters: AuditFilters) {
  return useInfiniteQuery({
    queryKey: auditKeys.events(filters),
    queryFn: ({ pageParam, signal }) =>
      auditEvents(
        { ...auditQuery(filters), limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useAuditGroups() {
  return useQuery({
    queryKey: auditKeys.groups,
    queryFn: ({ signal }) => auditGroups(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

const WHILE_CHECKING = 1000;

/** Whether the log is whole; asked again and again while it is being looked at. */
export function useAuditState() {
  return useQuery({
    queryKey: auditKeys.state,
    queryFn: ({ signal }) => auditState(signal),
    refetchInterval: ({ state }) => (state.data?.running ? WHILE_CHECKING : false),
  });
}
