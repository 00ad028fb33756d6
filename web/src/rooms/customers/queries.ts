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
import type {
  CustomerOut,
  CustomerPage,
  CustomerPatch,
  CustomerRow,
} from "@/api/generated/zhike.schemas";
import { type CustomerFilters, queryOf } from "@/rooms/customers/filters";

const PAGE_SIZE = 50;

/** Fields of a customer to save: any of them; "" or null empties one. */
export type CustomerChange = Omit<CustomerPatch, "version">;

export const customerKeys = {
  lists: ["customers"] as const,
  list: (filters: CustomerFilters) =>
    ["customers", "list", filters.sort, queryOf(filters)] as const,
  summary: (filters: CustomerFilters) => ["customers", "summary", queryOf(filters)] as const,
  one: (id: number) => ["customer", id] as const,
};

type Pages = InfiniteData<CustomerPage, string | undefined>;

export function useCustomerPages(filters: CustomerFilters) {
  return useInfiniteQuery({
    queryKey: customerKeys.list(filters),
    queryFn: ({ pageParam, signal }) =>
      listCustomers(
        {
          ...queryOf(filters),
          ...(filters.sort && { sort: filters.sort }),
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
  return (id: number, part: Partial<CustomerRow>): void => {
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
  /** `shown` is how the change looks in a list row, where that differs from what is sent. */
  return async (
    before: CustomerRow,
    change: CustomerChange,
    shown: Partial<CustomerRow> = change as Partial<CustomerRow>,
  ): Promise<CustomerOut> => {
    await cache.cancelQueries({ queryKey: customerKeys.lists });
    show(before.id, shown);
    try {
      const saved = await changeCustomer(before.id, { version: before.version, ...change });
      show(before.id, listRow(saved));
      cache.setQueryData(customerKeys.one(before.id), saved);
      void cache.invalidateQueries({ queryKey: ["customers", "summary"] });
      return saved;
    } catch (error) {
      show(before.id, before);
      throw error;
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

function patched(pages: Pages, id: number, part: Partial<CustomerRow>): Pages {
  return mapItems(pages, (items) =>
    items.map((item) => (item.id === id ? { ...item, ...part } : item)),
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

/** The part of a customer's file that list rows hold: the rest must not swell the list's cache. */
function listRow(saved: CustomerOut): Partial<CustomerRow> {
  const { contacts: _contacts, can: _can, ...row } = saved;
  return row;
}
