import {
  type ColumnSizingState,
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  type Updater,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";
import { useStored } from "@/lib/stored";
import type { GridColumn } from "@/ui/grid/gridTypes";

const features = tableFeatures({
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
});

interface Layout {
  order: string[];
  visible: Record<string, boolean>;
  widths: ColumnSizingState;
}

const UNTOUCHED: Layout = { order: [], visible: {}, widths: {} };
const NO_ROWS: never[] = [];

/** Which columns stand where and how wide: the person's own layout over the shipped one. */
export function useGridColumns<Row>(memory: string, columns: GridColumn<Row>[]) {
  const [layout, setLayout] = useStored<Layout>(`grid.${memory}`, UNTOUCHED);
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.title,
        size: column.width,
        minSize: 64,
        maxSize: 720,
        enableHiding: !column.primary,
      })),
    [columns],
  );
  const columnOrder = useMemo(() => completeOrder(layout.order, columns), [layout.order, columns]);
  const columnVisibility = useMemo(
    () => ({ ...Object.fromEntries(columns.map((c) => [c.id, !c.hidden])), ...layout.visible }),
    [layout.visible, columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: NO_ROWS,
    columnResizeMode: "onChange",
    state: { columnOrder, columnVisibility, columnSizing: layout.widths },
    onColumnOrderChange: (next) =>
      setLayout((before) => ({
        ...before,
        order: updated(next, completeOrder(before.order, columns)),
      })),
    onColumnVisibilityChange: (next) =>
      setLayout((before) => ({
        ...before,
        visible: updated(next, { ...columnVisibility, ...before.visible }),
      })),
    onColumnSizingChange: (next) =>
      setLayout((before) => ({ ...before, widths: updated(next, before.widths) })),
  });
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const visibleIds = table
    .getVisibleLeafColumns()
    .map((column) => column.id)
    .join(",");
  const visible = useMemo(
    () => visibleIds.split(",").flatMap((id) => byId.get(id) ?? []),
    [visibleIds, byId],
  );
  return {
    table,
    visible,
    isChanged: layout !== UNTOUCHED && JSON.stringify(layout) !== JSON.stringify(UNTOUCHED),
    reset: () => setLayout(UNTOUCHED),
    move: (id: string, over: string) => table.setColumnOrder(moved(columnOrder, id, over)),
  };
}

export type GridColumns<Row> = ReturnType<typeof useGridColumns<Row>>;

/** The stored order, with columns that came later at the place they were shipped at. */
export function completeOrder(
  stored: string[],
  columns: { id: string; primary?: boolean }[],
): string[] {
  const known = stored.filter((id) => columns.some((column) => column.id === id));
  columns.forEach((column, index) => {
    if (!known.includes(column.id)) known.splice(index, 0, column.id);
  });
  const primary = columns.find((column) => column.primary)?.id;
  return primary ? [primary, ...known.filter((id) => id !== primary)] : known;
}

/** `id` put where `over` stands. */
export function moved(order: string[], id: string, over: string): string[] {
  if (id === over) return order;
  const forwards = order.indexOf(id) < order.indexOf(over);
  const rest = order.filter((other) => other !== id);
  rest.splice(rest.indexOf(over) + (forwards ? 1 : 0), 0, id);
  return rest;
}

function updated<Value>(next: Updater<Value>, before: Value): Value {
  return typeof next === "function" ? (next as (value: Value) => Value)(before) : next;
}
