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
  summariseCustomers,
} from "@/api/customers";
import type { CustomerChange, CustomerDetail, CustomerItem, Page } from "@/api/types";
import { type CustomerFilters, queryOf } from "@/rooms/customers/filters";

const PAGE_SIZE = 50;

export const customerKeys = {
  lists: ["customers"] as const,
  list: (filters: CustomerFilters) => ["customers", "list", queryOf(filters)] as const,
  summary: (filters: CustomerFilters) =>
    ["customers", "summary", queryOf({ ...filters, sort: "" })] as const,
  one: (id: number) => ["customer", id] as const,
};

type Pages = InfiniteData<Page<CustomerItem>, string | null>;

export function useCustomerPages(filters: CustomerFilters) {
  return useInfiniteQuery({
    queryKey: customerKeys.list(filters),
    queryFn: ({ pageParam, signal }) =>
      listCustomers({ ...queryOf(filters), cursor: pageParam, limit: PAGE_SIZE }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useCustomerSummary(filters: CustomerFilters) {
  return useQuery({
    queryKey: customerKeys.summary(filters),
    queryFn: ({ signal }) => summariseCustomers(queryOf({ ...filters, sort: "" }), signal),
    placeholderData: keepPreviousData,
  });
}

export function useCustomer(id: number) {
  return useQuery({
    queryKey: customerKeys.one(id),
    queryFn: ({ signal }) => getCustomer(id, signal),
  });
}

/** Changing a customer: shown at once everywhere it stands, taken back when the server refuses. */
export function useChangeCustomer() {
  const cache = useQueryClient();
  /** `shown` is how the change looks in a list item, where that differs from what is sent. */
  return async (
    before: CustomerItem,
    change: CustomerChange,
    shown: Partial<CustomerItem> = change as Partial<CustomerItem>,
  ): Promise<CustomerDetail> => {
    await cache.cancelQueries({ queryKey: customerKeys.lists });
    patchEverywhere(before.id, shown);
    try {
      const saved = await changeCustomer(before.id, before.version, change);
      patchEverywhere(before.id, listItem(saved));
      cache.setQueryData(customerKeys.one(before.id), saved);
      void cache.invalidateQueries({ queryKey: ["customers", "summary"] });
      return saved;
    } catch (error) {
      patchEverywhere(before.id, before);
      throw error;
    }
  };

  function patchEverywhere(id: number, part: Partial<CustomerItem>): void {
    cache.setQueriesData<Pages>(
      { queryKey: ["customers", "list"] },
      (pages) => pages && patched(pages, id, part),
    );
    cache.setQueryData<CustomerDetail>(customerKeys.one(id), (one) => one && { ...one, ...part });
  }
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
      cache.removeQueries({ queryKey: customerKeys.one(id) });
    },
    restore: async (id: number): Promise<void> => {
      await restoreCustomer(id);
      await refresh();
    },
  };
}

function patched(pages: Pages, id: number, part: Partial<CustomerItem>): Pages {
  return mapItems(pages, (items) =>
    items.map((item) => (item.id === id ? { ...item, ...part } : item)),
  );
}

function without(pages: Pages, id: number): Pages {
  return mapItems(pages, (items) => items.filter((item) => item.id !== id));
}

function mapItems(pages: Pages, change: (items: CustomerItem[]) => CustomerItem[]): Pages {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: change(page.items) })) };
}

/** The part of a detail that list items hold: detail-only fields must not swell the list's cache. */
function listItem(saved: CustomerDetail): Partial<CustomerItem> {
  const { contacts: _contacts, tasks: _tasks, can: _can, ...item } = saved;
  return item;
}
