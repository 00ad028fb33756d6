import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { listProblems, listPurchases } from "@/api/generated/dealings";

const PAGE_SIZE = 50;

export const dealingKeys = {
  purchases: (customer: number) => ["purchases", customer] as const,
  problems: (customer: number) => ["problems", customer] as const,
  growth: (customer: number) => ["growth", customer] as const,
};

export function usePurchases(customer: number) {
  return useInfiniteQuery({
    queryKey: dealingKeys.purchases(customer),
    queryFn: ({ pageParam, signal }) =>
      listPurchases(
        customer,
        { limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function useProblems(customer: number) {
  return useInfiniteQuery({
    queryKey: dealingKeys.problems(customer),
    queryFn: ({ pageParam, signal }) =>
      listProblems(
        customer,
        { limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** What changes with a purchase or a problem: their lists, counts, the tier, the time line. */
export function useRefreshDealings(customer: number): () => Promise<void> {
  const cache = useQueryClient();
  return async () => {
    for (const head of ["customer", "timeline", "growth"]) {
      void cache.invalidateQueries({ queryKey: [head, customer] });
    }
    void cache.invalidateQueries({ queryKey: ["customers"] });
    await Promise.all(
      [dealingKeys.purchases(customer), dealingKeys.problems(customer)].map((queryKey) =>
        cache.invalidateQueries({ queryKey }),
      ),
    );
  };
}
