import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useQueryClient,
} from "@tanstack/react-query";
import {
  remove as deleteAttachment,
  restore as restoreAttachment,
} from "@/api/generated/attachments";
import { deleteFollowUp, restoreFollowUp } from "@/api/generated/care";
import {
  deleteCustomer,
  removeContact,
  restoreContact,
  restoreCustomer,
  trashPage,
} from "@/api/generated/customers";
import {
  deleteProblem,
  deletePurchase,
  restoreProblem,
  restorePurchase,
} from "@/api/generated/dealings";
import type { TrashItem, TrashItemKind, TrashPage } from "@/api/generated/zhike.schemas";
import type { TrashFilters } from "@/rooms/customers/trash/trashFilters";

const PAGE_SIZE = 50;

type Pages = InfiniteData<TrashPage, string | undefined>;

/** What was deleted lately and can still come back, the latest first. */
export function useTrash({ kind }: TrashFilters) {
  return useInfiniteQuery({
    queryKey: ["trash", kind ?? "all"],
    queryFn: ({ pageParam, signal }) =>
      trashPage(
        { limit: PAGE_SIZE, ...(kind && { kind }), ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

const RESTORE: Record<TrashItemKind, (id: number) => Promise<unknown>> = {
  customer: restoreCustomer,
  contact: restoreContact,
  follow_up: restoreFollowUp,
  purchase: restorePurchase,
  problem: restoreProblem,
  attachment: restoreAttachment,
};
const REMOVE: Record<TrashItemKind, (id: number) => Promise<unknown>> = {
  customer: deleteCustomer,
  contact: removeContact,
  follow_up: deleteFollowUp,
  purchase: deletePurchase,
  problem: deleteProblem,
  attachment: deleteAttachment,
};

/** Restoring: gone from the trash at once, back in it when refused or taken back. */
export function useRestoring() {
  const cache = useQueryClient();
  const refresh = () => {
    for (const head of [
      "trash",
      "customers",
      "customer",
      "timeline",
      "today",
      "tasks",
      "purchases",
      "problems",
      "attachments",
    ]) {
      void cache.invalidateQueries({ queryKey: [head] });
    }
  };
  return {
    restore: async (item: TrashItem): Promise<void> => {
      await cache.cancelQueries({ queryKey: ["trash"] });
      cache.setQueriesData<Pages>(
        { queryKey: ["trash"] },
        (pages) => pages && without(pages, item),
      );
      try {
        await RESTORE[item.kind](item.id);
      } finally {
        refresh();
      }
    },
    remove: async (item: TrashItem): Promise<void> => {
      await REMOVE[item.kind](item.id);
      refresh();
    },
  };
}

function without(pages: Pages, gone: TrashItem): Pages {
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items.filter((item) => item.id !== gone.id || item.kind !== gone.kind),
    })),
  };
}
