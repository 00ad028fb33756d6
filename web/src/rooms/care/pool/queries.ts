import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useFieldRights } from "@/api/fieldGroups";
import {
  changePoolRules,
  claim,
  falling,
  getPoolRules,
  giveBack,
  pool,
} from "@/api/generated/pool";
import type { ClaimOut, PoolRulesOut, PoolRulesPatch } from "@/api/generated/zhike.schemas";
import { useRights } from "@/api/rights";
import { type PoolPages, settled, withoutClaimed } from "@/rooms/care/pool/claiming";
import type { PoolFilters } from "@/rooms/care/pool/filters";
import { refreshAround } from "@/rooms/care/queries";

export const poolKeys = {
  all: ["pool"] as const,
  list: (filters: PoolFilters) => ["pool", "list", filters.q ?? "", filters.sort ?? ""] as const,
  falling: (mine: boolean) => ["pool", "falling", mine] as const,
  rules: ["pool", "rules"] as const,
};

const PAGE = 50;

export function usePool(filters: PoolFilters) {
  return useInfiniteQuery({
    queryKey: poolKeys.list(filters),
    queryFn: ({ pageParam, signal }) =>
      pool(
        {
          limit: PAGE,
          ...(filters.q && { q: filters.q }),
          ...(filters.sort && { sort: filters.sort }),
          ...(pageParam && { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** Who falls into the pool soon: one's own, or those of everybody in reach. */
export function useFalling(mine: boolean) {
  return useQuery({
    queryKey: poolKeys.falling(mine),
    queryFn: ({ signal }) => falling({ mine }, { signal }),
  });
}

export function usePoolRules() {
  return useQuery({ queryKey: poolKeys.rules, queryFn: ({ signal }) => getPoolRules({ signal }) });
}

/** Claiming: gone from the list at once; who was refused comes back to their place. */
export function useClaim(filters: PoolFilters): (ids: number[]) => Promise<ClaimOut> {
  const cache = useQueryClient();
  return async (ids) => {
    const queryKey = poolKeys.list(filters);
    await cache.cancelQueries({ queryKey });
    const before = cache.getQueryData<PoolPages>(queryKey);
    if (before) cache.setQueryData(queryKey, withoutClaimed(before, ids));
    try {
      const answer = await claim({ customer_ids: ids });
      if (before) cache.setQueryData(queryKey, settled(before, answer));
      refreshAround(cache, ...answer.claimed);
      return answer;
    } catch (error) {
      if (before) cache.setQueryData(queryKey, before);
      throw error;
    } finally {
      // Only marked as old: who was refused must not vanish before the reason was read.
      void cache.invalidateQueries({ queryKey: poolKeys.all, refetchType: "none" });
    }
  };
}

/** Claiming the one whose file is open; the reason where it is refused. */
export function useClaimOne(): (customer: number) => Promise<string | undefined> {
  const cache = useQueryClient();
  return async (customer) => {
    try {
      const { refused } = await claim({ customer_ids: [customer] });
      return refused[0]?.why;
    } finally {
      refreshAround(cache, customer);
      void cache.invalidateQueries({ queryKey: poolKeys.all });
    }
  };
}

/** Whether one's role takes customers out of the pool at all. */
export function useMayClaim(): boolean {
  const reaches = useRights().scope("customer").reach !== "none";
  return useFieldRights().edits("owner") && reaches;
}

/** Putting a customer back, and what is to be fetched again then. */
export function useGiveBack(): (customer: number, reason: string) => Promise<void> {
  const cache = useQueryClient();
  return async (customer, reason) => {
    await giveBack(customer, { reason });
    refreshAround(cache, customer);
    void cache.invalidateQueries({ queryKey: poolKeys.all });
  };
}

export function useSavePoolRules(): (change: PoolRulesPatch) => Promise<PoolRulesOut> {
  const cache = useQueryClient();
  return async (change) => {
    const saved = await changePoolRules(change);
    cache.setQueryData(poolKeys.rules, saved);
    // Other days of notice have others fall soon.
    for (const shown of ["list", "falling"])
      void cache.invalidateQueries({ queryKey: [...poolKeys.all, shown] });
    return saved;
  };
}
