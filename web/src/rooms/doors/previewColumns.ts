import type { ImportColumn, ImportOut, ImportRow } from "@/api/doors";

/** One column of the preview. Two columns of one header share their values: they stand once. */
export interface PreviewColumn {
  header: string;
  field: string | null;
  /** Pixels at normal text size. */
  width: number;
}

const NARROW = 118;
const MIDDLE = 160;
const WIDE = 240;
const WITH_PROBLEM = 190;
/** The row's number and what will happen with it. */
const NUMBER_WIDTH = 126;

/** The columns in the order people need them: who it is, then where something is wrong, then the
 * rest as it stands in the file. `rows` decides only what is wrong; pass the first page, so that
 * columns do not jump while more rows arrive. */
export function previewColumns(
  of: ImportOut,
  rows: readonly ImportRow[],
  troubledFirst: boolean,
): PreviewColumn[] {
  const troubled = new Set(rows.flatMap((row) => row.problems.map((problem) => problem.column)));
  const seen = new Set<string>();
  const columns = of.columns.filter((column) => {
    if (!column.header || seen.has(column.header)) return false;
    seen.add(column.header);
    return true;
  });
  const who = columns.some((column) => column.field === "customer.name")
    ? "customer.name"
    : "customer.code";
  const rank = (column: ImportColumn) =>
    column.field === who ? 0 : troubled.has(column.header) ? 1 : 2;
  const ordered = troubledFirst
    ? [...columns].sort((one, other) => rank(one) - rank(other) || one.index - other.index)
    : columns;
  return ordered.map((column) => ({
    header: column.header,
    field: column.field,
    width: Math.max(widthOf(column), troubled.has(column.header) ? WITH_PROBLEM : 0),
  }));
}

function widthOf(column: ImportColumn): number {
  const longest = Math.max(...column.sample.map(textWidth), textWidth(column.header));
  return longest <= 13 ? NARROW : longest <= 20 ? MIDDLE : WIDE;
}

/** Roughly, in halves of a Chinese character. */
function textWidth(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 2 : 1), 0);
}

/** The columns that do not fit into `space` pixels before anybody scrolls. */
export function outOfSight(columns: readonly PreviewColumn[], space: number): Set<string> {
  let right = NUMBER_WIDTH;
  const far = new Set<string>();
  for (const column of columns) {
    right += column.width;
    if (right > space) far.add(column.header);
  }
  return far;
}
