import type { ReactNode } from "react";
import type { Choice } from "@/api/types";
import type { GridColumns } from "@/ui/grid/useGridColumns";

/** What can stand in an edited cell: text, a day or a choice's value, fen, or nothing. */
export type CellValue = string | number | null;

export type CellEditor<Row> =
  | { kind: "text"; value: (row: Row) => string | null; required?: boolean }
  | { kind: "money"; value: (row: Row) => number | null }
  | { kind: "day"; value: (row: Row) => string | null; required?: boolean }
  | { kind: "choice"; value: (row: Row) => string | null; choices: Choice[]; required?: boolean };

export interface GridColumn<Row> {
  id: string;
  title: string;
  /** Pixels at normal text size; people drag it wider or narrower. */
  width: number;
  /** "end" for money and counts, so that digits stand under digits. */
  align?: "start" | "end";
  render: (row: Row) => ReactNode;
  /** Name of the sort field on the server; without one the head cannot be clicked. */
  sort?: string;
  /** The order people want first: newest and largest first is "down". */
  sortFirst?: "up" | "down";
  edit?: CellEditor<Row>;
  /** Not shown until someone chooses it. */
  hidden?: boolean;
  /** The column with the record's name: stays at the left, opens the record, cannot be hidden. */
  primary?: boolean;
}

export interface DataGridProps<Row extends { id: number }> {
  /** What the rows are, for screen readers: 客户. */
  label: string;
  /** From `useGridColumns`: the page holds it, so that the chooser can stand in its toolbar. */
  columns: GridColumns<Row>;
  rows: Row[];
  /** First page not there yet: skeleton rows. */
  isLoading?: boolean;
  error?: string | null;
  onRetry?: () => void;
  hasMore?: boolean;
  isLoadingMore?: boolean;
  onNearEnd?: () => void;
  /** "name" or "-name", as the server takes it. */
  sort?: string | undefined;
  onSort?: (sort: string | undefined) => void;
  /** The page of a record, as the router knows it. */
  hrefOf: (row: Row) => string;
  onOpen: (row: Row) => void;
  /** The record open beside the list. */
  openId?: number | undefined;
  /** Saves one cell. Show the new value at once; reject to have the message shown at the cell. */
  onEdit?: (row: Row, column: string, value: CellValue) => Promise<void>;
  canEdit?: (row: Row) => boolean;
  selected?: ReadonlySet<number>;
  onSelect?: (selected: ReadonlySet<number>) => void;
  /** Totals at the foot, by column. */
  foot?: Record<string, ReactNode>;
  /** One row on the phone. */
  card: (row: Row) => ReactNode;
  empty: ReactNode;
}

export interface CellPlace {
  row: number;
  column: number;
}

/** A cell that is being saved or was refused: what was typed, and the reason. */
export interface CellTrouble {
  typed: CellValue;
  message: string;
}
