import { request } from "@/api/client";

/** The shapes of imports and exports (server: zhike/doors/api.py). */

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
export type ProblemLevel = "refused" | "cell_refused" | "warning";

export interface ImportColumn {
  index: number;
  header: string;
  /** The field it leads to; null: left out. */
  field: string | null;
  sample: string[];
}

export interface ImportField {
  name: string;
  label: string;
}

export interface ImportCounts {
  rows: number;
  new: number;
  update: number;
  skip: number;
  refused: number;
  /** Rows that come in, but with something to tell. */
  warnings: number;
  /** Rows written so far. */
  done: number;
}

export interface ImportOut {
  id: number;
  file_name: string;
  state: ImportState;
  sheet: string;
  sheet_label: string;
  message: string;
  columns: ImportColumn[];
  fields: ImportField[];
  counts: ImportCounts;
  on_match: OnMatch;
  owner: { id: number; name: string } | null;
  created_by: { id: number; name: string };
  created_at: string;
  /** 0 to 1. */
  progress: number;
  can_undo: boolean;
}

export interface RowProblem {
  /** The header of the cell, "" for the row as a whole. */
  column: string;
  level: ProblemLevel;
  message: string;
}

export interface ImportRow {
  row: number;
  action: RowAction;
  values: Record<string, string>;
  problems: RowProblem[];
}

export interface ImportChange {
  mapping?: Record<number, string | null>;
  on_match?: OnMatch;
  owner_id?: number | null;
}

export type RowFilter = "problems" | "all";

export const listImports = (signal?: AbortSignal) =>
  request<{ items: ImportOut[] }>("GET", "/imports", { signal });

export const getImport = (id: number, signal?: AbortSignal) =>
  request<ImportOut>("GET", `/imports/${id}`, { signal });

export const uploadImport = (file: File) => {
  const form = new FormData();
  form.append("file", file);
  return request<ImportOut>("POST", "/imports", { form });
};

export const changeImport = (id: number, body: ImportChange) =>
  request<ImportOut>("PATCH", `/imports/${id}`, { body });

export const listImportRows = (
  id: number,
  only: RowFilter,
  cursor: string | null,
  signal?: AbortSignal,
) =>
  request<{ items: ImportRow[]; next: string | null }>("GET", `/imports/${id}/rows`, {
    query: { only, cursor, limit: 50 },
    signal,
  });

export const confirmImport = (id: number) =>
  request<ImportOut>("POST", `/imports/${id}/confirmation`);

export const cancelImport = (id: number) =>
  request<ImportOut>("POST", `/imports/${id}/cancellation`);

export const undoImport = (id: number) => request<ImportOut>("POST", `/imports/${id}/undo`);

/** Where the workbook with the rows left out is fetched from. */
export const importResultHref = (id: number) => `/api/v1/imports/${id}/result`;

export type ExportFormat = "xlsx" | "csv";

export interface ExportView {
  name: string;
  label: string;
  columns: string[];
  formats: ExportFormat[];
}

export interface ExportOut {
  id: number;
  view: string;
  format: ExportFormat;
  state: "queued" | "running" | "done" | "failed";
  message: string;
  /** 0 to 1. */
  progress: number;
  rows: number;
  plain: boolean;
  file_name: string;
  /** The file can be fetched; it is kept for a day. */
  ready: boolean;
  created_at: string;
}

export interface ExportOrder {
  view: string;
  format: ExportFormat;
  /** The filters of the customer list; none means everybody one may see. */
  filters: object;
  plain: boolean;
}

export const listExportViews = (signal?: AbortSignal) =>
  request<{ items: ExportView[] }>("GET", "/exports/views", { signal });

export const startExport = (order: ExportOrder) =>
  request<ExportOut>("POST", "/exports", { body: order });

export const getExport = (id: number, signal?: AbortSignal) =>
  request<ExportOut>("GET", `/exports/${id}`, { signal });

export const exportFileHref = (id: number) => `/api/v1/exports/${id}/file`;
