import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import {
  changeImport,
  getExport,
  getImport,
  type ImportOut,
  type ImportState,
  listExportViews,
  listImportRows,
  listImports,
  type RowFilter,
} from "@/api/doors";
import type { ImportPatch } from "@/api/generated/zhike.schemas";

/** How often work under way is asked after. The query cache stops while the page is hidden. */
const POLL = 700;
/** The columns of a sheet follow the fields of the organisation. */
const RARELY_CHANGES = 5 * 60_000;

export const doorKeys = {
  imports: ["imports"] as const,
  import: (id: number) => ["import", id] as const,
  rows: (of: ImportOut, only: RowFilter) =>
    ["import", of.id, "rows", only, of.state === "ready", checkedWith(of)] as const,
  views: ["exports", "views"] as const,
  export: (id: number) => ["export", id] as const,
};

const AT_WORK: ReadonlySet<ImportState> = new Set(["reading", "running", "undoing"]);

/** The server is busy with it: ask again soon. */
export function isAtWork(state: ImportState | undefined): boolean {
  return state !== undefined && AT_WORK.has(state);
}

export function useImports() {
  return useQuery({
    queryKey: doorKeys.imports,
    queryFn: ({ signal }) => listImports(signal),
    staleTime: 0,
    refetchInterval: (query) =>
      query.state.data?.items.some((one) => isAtWork(one.state)) ? POLL : false,
  });
}

/** One import, followed while the server works on it; lists of customers are fetched afresh after it. */
export function useImport(id: number) {
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: doorKeys.import(id),
    queryFn: ({ signal }) => getImport(id, signal),
    staleTime: 0,
    refetchOnWindowFocus: "always",
    refetchInterval: (asked) => (isAtWork(asked.state.data?.state) ? POLL : false),
  });
  const state = query.data?.state;
  const before = useRef(state);
  useEffect(() => {
    const wrote = before.current === "running" || before.current === "undoing";
    if (wrote && !isAtWork(state)) {
      for (const key of CHANGED) void cache.invalidateQueries({ queryKey: [key] });
    }
    before.current = state;
  }, [state, cache]);
  return query;
}

/** Everything that shows customers or what was done with them. */
const CHANGED = ["customers", "customer", "today", "tasks", "timeline", "search", "imports"];

/** The rows of a checked import, problems or all, page by page. */
export function useImportRows(of: ImportOut, only: RowFilter) {
  return useInfiniteQuery({
    queryKey: doorKeys.rows(of, only),
    queryFn: ({ pageParam, signal }) => listImportRows(of.id, only, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    enabled: of.state !== "reading",
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What the rows were checked with: another mapping gives other problems. */
function checkedWith(of: ImportOut): string {
  return JSON.stringify([of.columns.map((column) => column.field), of.on_match, of.owner?.id]);
}

/** Does something to an import (确认, 取消, 撤销) and shows the answer at once. */
export function useImportStep() {
  const cache = useQueryClient();
  return async (step: (id: number) => Promise<ImportOut>, id: number): Promise<ImportOut> => {
    await cache.cancelQueries({ queryKey: doorKeys.import(id), exact: true });
    const after = await step(id);
    cache.setQueryData<ImportOut>(doorKeys.import(id), (before) => withSamples(after, before));
    void cache.invalidateQueries({ queryKey: doorKeys.imports });
    return after;
  };
}

/** Changes how an import is read: shown at once, taken back when refused. */
export function usePrepareImport(of: ImportOut) {
  const cache = useQueryClient();
  const key = doorKeys.import(of.id);
  return async (change: ImportPatch, shown: Partial<ImportOut>): Promise<void> => {
    await cache.cancelQueries({ queryKey: key, exact: true });
    cache.setQueryData<ImportOut>(key, (now) => now && { ...now, ...shown, state: "reading" });
    try {
      const after = await changeImport(of.id, change);
      cache.setQueryData<ImportOut>(key, (before) => withSamples(after, before));
    } catch (error) {
      cache.setQueryData<ImportOut>(key, of);
      throw error;
    }
  };
}

/** Only a single import at rest comes with samples of its columns; the ones known already stay. */
function withSamples(after: ImportOut, before: ImportOut | undefined): ImportOut {
  const known = new Map(before?.columns.map((column) => [column.index, column.sample]));
  return {
    ...after,
    columns: after.columns.map((column) => ({
      ...column,
      sample: column.sample.length > 0 ? column.sample : (known.get(column.index) ?? []),
    })),
  };
}

export function useExportViews() {
  return useQuery({
    queryKey: doorKeys.views,
    queryFn: ({ signal }) => listExportViews(signal),
    staleTime: RARELY_CHANGES,
  });
}

/** One export, followed until its file is there. */
export function useExport(id: number | null) {
  return useQuery({
    queryKey: doorKeys.export(id ?? 0),
    queryFn: ({ signal }) => getExport(id ?? 0, signal),
    enabled: id !== null,
    staleTime: 0,
    refetchInterval: (query) =>
      ["queued", "running"].includes(query.state.data?.state ?? "") ? POLL : false,
  });
}
