import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import {
  changeCustomer,
  deleteCustomer,
  getCustomer,
  listCustomers,
  restoreCustomer,
  summary,
} from "@/api/generated/customers";
import type { CustomerOut, CustomerPage, CustomerPatch } from "@/api/generated/zhike.schemas";
import { type CustomerFilters, queryOf } from "@/rooms/customers/list/filters";
import { useTellHeldBack } from "@/rooms/customers/reviews/heldBack";
import type { CustomerRow } from "@/rooms/customers/rows";

const PAGE_SIZE = 50;

/** Fields of a customer to save: any of them; "" or null empties one. */
export type CustomerChange = Omit<CustomerPatch, "version">;

export const customerKeys = {
  lists: ["customers"] as const,
  list: (filters: CustomerFilters, show = "") =>
    ["customers", "list", filters.sort, queryOf(filters), show] as const,
  summary: (filters: CustomerFilters) => ["customers", "summary", queryOf(filters)] as const,
  one: (id: number) => ["customer", id] as const,
};

/** How a change looks: of a list row, or of the whole file. */
export type Shown = Partial<CustomerOut> & Pick<CustomerRow, "more">;

type Pages = InfiniteData<CustomerPage, string | undefined>;

/** `show`: keys of further fields the rows are to hold, between commas. */
export function useCustomerPages(filters: CustomerFilters, show = "") {
  return useInfiniteQuery({
    queryKey: customerKeys.list(filters, show),
    queryFn: ({ pageParam, signal }) =>
      listCustomers(
        {
          ...queryOf(filters),
          ...(filters.sort && { sort: filters.sort }),
          ...(show && { show: [show] }),
          ...(pageParam && { cursor: pageParam }),
          limit: PAGE_SIZE,
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useCustomerSummary(filters: CustomerFilters) {
  return useQuery({
    queryKey: customerKeys.summary(filters),
    queryFn: ({ signal }) => summary(queryOf(filters), { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useCustomer(id: number) {
  return useQuery({
    queryKey: customerKeys.one(id),
    queryFn: ({ signal }) => getCustomer(id, { signal }),
  });
}

/** Shows a change of one customer wherever it stands, before the server has answered. */
export function useShowCustomer() {
  const cache = useQueryClient();
  return (id: number, part: Shown): void => {
    cache.setQueriesData<Pages>(
      { queryKey: ["customers", "list"] },
      (pages) => pages && patched(pages, id, part),
    );
    cache.setQueryData<CustomerOut>(customerKeys.one(id), (one) => one && { ...one, ...part });
  };
}

/** Changing a customer: shown at once everywhere it stands, taken back when the server refuses. */
export function useChangeCustomer() {
  const cache = useQueryClient();
  const show = useShowCustomer();
  const tellHeldBack = useTellHeldBack();
  /** `shown` is how the change looks in a list row, where that differs from what is sent. */
  return async (
    before: CustomerRow | CustomerOut,
    change: CustomerChange,
    shown: Shown = change as Shown,
  ): Promise<CustomerOut> => {
    await cache.cancelQueries({ queryKey: customerKeys.lists });
    show(before.id, shown);
    try {
      const saved = await changeCustomer(before.id, { version: before.version, ...change });
      show(before.id, saved);
      cache.setQueryData(customerKeys.one(before.id), saved);
      tellHeldBack(change, saved);
      void cache.invalidateQueries({ queryKey: ["customers", "summary"] });
      return saved;
    } catch (error) {
      show(before.id, before);
      throw error;
    }
  };
}

/** After something about a customer was decided on the server: its page and the lists show it. */
export function useRefreshCustomer() {
  const cache = useQueryClient();
  return async (id: number): Promise<void> => {
    await cache.invalidateQueries({ queryKey: customerKeys.one(id) });
    for (const key of [customerKeys.lists, ["timeline", id], ["tasks"], ["today"]]) {
      void cache.invalidateQueries({ queryKey: key });
    }
  };
}

/** Deleting: gone from the lists at once, back again when undone or refused. */
export function useDeleteCustomer() {
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: customerKeys.lists });
  return {
    remove: async (id: number): Promise<void> => {
      await cache.cancelQueries({ queryKey: customerKeys.lists });
      cache.setQueriesData<Pages>(
        { queryKey: ["customers", "list"] },
        (pages) => pages && without(pages, id),
      );
      try {
        await deleteCustomer(id);
      } finally {
        void refresh();
      }
      // Its page still stands for a moment and must not ask again; whoever opens it later does.
      void cache.invalidateQueries({ queryKey: customerKeys.one(id), refetchType: "none" });
    },
    restore: async (id: number): Promise<void> => {
      await restoreCustomer(id);
      await refresh();
    },
  };
}

function patched(pages: Pages, id: number, part: Shown): Pages {
  return mapItems(pages, (items) =>
    items.map((item) => (item.id === id ? changedRow(item, part) : item)),
  );
}

function without(pages: Pages, id: number): Pages {
  return mapItems(pages, (items) => items.filter((item) => item.id !== id));
}

function mapItems(pages: Pages, change: (items: CustomerRow[]) => CustomerRow[]): Pages {
  return {
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, items: change(page.items) })),
  };
}

/** A row after a change of the file: only what rows hold, the rest must not swell the list's cache.
 * Columns the list asked for beyond those are looked up in the file. */
export function changedRow<Row extends CustomerRow>(row: Row, part: Shown): Row {
  const next: Record<string, unknown> = { ...row };
  for (const [key, value] of Object.entries(part)) if (key in row) next[key] = value;
  if (row.more && !part.more) {
    const file: Record<string, unknown> = { ...part, ...part.custom };
    next.more = Object.fromEntries(
      Object.entries(row.more).map(([key, value]) => {
        if (key in file) return [key, file[key] ?? null];
        // A whole answer leaves out what an own field does not hold.
        return [key, part.custom && /^x\d+$/.test(key) ? null : value];
      }),
    );
  }
  return next as Row;
}
