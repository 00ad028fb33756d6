import {
  bringIn,
  cancel,
  confirm,
  exportViews,
  getExportFileUrl,
  getImportTemplateUrl,
  getResultUrl,
  imports,
  oneExport,
  oneImport,
  prepare,
  rows,
  takeOut,
  undo,
} from "@/api/generated/doors";
import type {
  ExportOut as AnyExport,
  ImportOut as AnyImport,
  RowOut as AnyRow,
  ViewOut as AnyView,
  ImportPatch,
  ProblemOut,
} from "@/api/generated/zhike.schemas";

/** Imports and exports with the words the server uses for their states, where the description of
 * its API only says "text" (server: zhike/doors/models.py). */

export type { ColumnOut as ImportColumn, ImportCounts } from "@/api/generated/zhike.schemas";

export type ImportState =
  | "reading"
  | "ready"
  | "running"
  | "done"
  | "failed"
  | "undoing"
  | "undone"
  | "cancelled";
export type OnMatch = "update" | "skip" | "new";
export type RowAction = "new" | "update" | "skip" | "refuse";
export type RowFilter = "problems" | "all";
export type ExportFormat = "xlsx" | "csv";

/** `progress` runs from 0 to 1; `can_undo` is true once it is done. */
export type ImportOut = Omit<AnyImport, "state" | "on_match"> & {
  state: ImportState;
  on_match: OnMatch;
};

/** `column` is the header of the cell, "" for the row as a whole. */
export type RowProblem = Omit<ProblemOut, "level"> & {
  level: "refused" | "cell_refused" | "warning";
};

export type ImportRow = Omit<AnyRow, "action" | "problems"> & {
  action: RowAction;
  problems: RowProblem[];
};

export type ExportView = Omit<AnyView, "formats"> & { formats: ExportFormat[] };

/** `ready`: the file can be fetched; it is kept for a day. */
type ExportOut = Omit<AnyExport, "state"> & {
  state: "queued" | "running" | "done" | "failed";
};

interface ExportOrder {
  view: string;
  format: ExportFormat;
  /** The filters of the customer list; none means everybody one may see. */
  filters: object;
  /** The headers of the columns, in their order; without them those usual for the sheet. */
  columns?: string[];
  plain: boolean;
}

export const listImports = (signal?: AbortSignal) =>
  imports(within(signal)) as Promise<{ items: ImportOut[] }>;

export const getImport = (id: number, signal?: AbortSignal) =>
  oneImport(id, within(signal)) as Promise<ImportOut>;

export const uploadImport = (file: File) => bringIn({ file }) as Promise<ImportOut>;

export const changeImport = (id: number, change: ImportPatch) =>
  prepare(id, change) as Promise<ImportOut>;

export const listImportRows = (
  id: number,
  only: RowFilter,
  cursor: string | null,
  signal?: AbortSignal,
) =>
  rows(id, { only, ...(cursor && { cursor }) }, within(signal)) as Promise<{
    items: ImportRow[];
    next: string | null;
  }>;

export const confirmImport = (id: number) => confirm(id) as Promise<ImportOut>;

export const cancelImport = (id: number) => cancel(id) as Promise<ImportOut>;

export const undoImport = (id: number) => undo(id) as Promise<ImportOut>;

/** Where the workbook with the rows left out is fetched from. */
export const importResultHref = getResultUrl;

/** Where the empty workbook with a column for every field is fetched from. */
export const importTemplateHref = getImportTemplateUrl;

export const listExportViews = (signal?: AbortSignal) =>
  exportViews(within(signal)) as Promise<{ items: ExportView[] }>;

export const startExport = ({ filters, ...order }: ExportOrder) =>
  takeOut({ ...order, filters: { ...filters } }) as Promise<ExportOut>;

export const getExport = (id: number, signal?: AbortSignal) =>
  oneExport(id, within(signal)) as Promise<ExportOut>;

export const exportFileHref = getExportFileUrl;

/** A request that ends with the query which asked for it. */
function within(signal: AbortSignal | undefined): RequestInit {
  return { signal: signal ?? null };
}
