import { QueryClient, useQuery } from "@tanstack/react-query";
import { isWorthRetrying } from "@/api/client";
import { me, people } from "@/api/generated/access";
import { reviewsWaiting, tags } from "@/api/generated/customers";
import type { Me, PeopleOut, WaitingOut } from "@/api/generated/zhike.schemas";
import { labelled } from "@/api/people";

/** The one cache of server data. */
export const cache = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, retry: isWorthRetrying, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});

const RARELY_CHANGES = 10 * 60_000;

/** The person signed in. Only inside the shell, where there always is one. */
export function useMe(): Me {
  const { data } = useQuery({ queryKey: ["me"], queryFn: () => me(), staleTime: RARELY_CHANGES });
  if (!data) throw new Error("useMe outside the signed-in pages");
  return data;
}

const withLabels = ({ items }: PeopleOut) => ({ items: labelled(items) });

/** The colleagues a record can belong to; where one is chosen or pointed at, by the label. */
export function usePeople() {
  return useQuery({
    queryKey: ["people"],
    queryFn: () => people(),
    staleTime: RARELY_CHANGES,
    select: withLabels,
  });
}

export function useTags() {
  return useQuery({ queryKey: ["tags"], queryFn: () => tags(), staleTime: RARELY_CHANGES });
}

const LOOKED_AFTER = 2 * 60_000;
const NOTHING_WAITS: WaitingOut = { pending: 0, mine: 0, used: false };

/** How much waits for this person's decision, and of what they asked for; zeros until known. */
export function useReviewsWaiting(): WaitingOut {
  const { data } = useQuery({
    queryKey: ["reviews", "waiting"],
    queryFn: ({ signal }) => reviewsWaiting({ signal }),
    refetchInterval: LOOKED_AFTER,
  });
  return data ?? NOTHING_WAITS;
}
