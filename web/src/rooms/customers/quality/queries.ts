import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import {
  dismiss,
  listDoubles,
  listMerges,
  merge,
  plan,
  reopen,
  searchDoubles,
  undo,
} from "@/api/generated/customers";
import { completeness, contradictions } from "@/api/generated/quality";
import type { MergeIn } from "@/api/generated/zhike.schemas";

const PAGE_SIZE = 30;
const doublesKey = ["doubles"];

export function useCompleteness() {
  return useQuery({
    queryKey: ["completeness"],
    queryFn: ({ signal }) => completeness({ signal }),
  });
}

export function useContradictions() {
  return useInfiniteQuery({
    queryKey: ["contradictions"],
    queryFn: ({ pageParam, signal }) =>
      contradictions({ limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export type DoubleState = "open" | "dismissed";

export function useDoubles(state: DoubleState) {
  return useInfiniteQuery({
    queryKey: [...doublesKey, state],
    queryFn: ({ pageParam, signal }) =>
      listDoubles({ state, limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Saying that two are not the same, taking it back, and having everybody looked through. */
export function useJudging() {
  const cache = useQueryClient();
  const refresh = () => void cache.invalidateQueries({ queryKey: doublesKey });
  return {
    dismiss: async (id: number) => {
      await dismiss(id);
      refresh();
    },
    reopen: async (id: number) => {
      await reopen(id);
      refresh();
    },
    look: useMutation({ mutationFn: () => searchDoubles(), onSuccess: refresh }),
  };
}

export function useMergePlan(survivor: number, absorbed: number[]) {
  return useQuery({
    queryKey: ["merge-plan", survivor, ...absorbed],
    queryFn: ({ signal }) => plan({ survivor_id: survivor, absorbed_ids: absorbed }, { signal }),
    enabled: absorbed.length > 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
}

/** Merging and undoing: either changes lists, files and what may be double. */
export function useMerging() {
  const cache = useQueryClient();
  const refresh = () => {
    for (const head of [
      "doubles",
      "customers",
      "customer",
      "timeline",
      "today",
      "tasks",
      "merges",
    ]) {
      void cache.invalidateQueries({ queryKey: [head] });
    }
  };
  return {
    merge: useMutation({ mutationFn: (body: MergeIn) => merge(body), onSuccess: refresh }),
    undo: async (id: number) => {
      await undo(id);
      refresh();
    },
  };
}

export function useMergesOf(customerId: number) {
  return useQuery({
    queryKey: ["merges", customerId],
    queryFn: ({ signal }) => listMerges(customerId, { signal }),
  });
}
