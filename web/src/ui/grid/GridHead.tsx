import { useLingui } from "@lingui/react/macro";
import { type CSSProperties, useState } from "react";
import type { GridColumn } from "@/ui/grid/gridTypes";
import type { GridColumns } from "@/ui/grid/useGridColumns";

interface GridHeadProps<Row> {
  columns: GridColumns<Row>;
  sort: string | undefined;
  onSort: ((sort: string | undefined) => void) | undefined;
  /** Whether all, some or none of the loaded rows are selected; undefined without selection. */
  selection: "all" | "some" | "none" | undefined;
  onSelectAll: () => void;
}

/** The head of the grid: click sorts, the edge resizes, dragging a title moves the column. */
export function GridHead<Row>({
  columns,
  sort,
  onSort,
  selection,
  onSelectAll,
}: GridHeadProps<Row>) {
  const { t } = useLingui();
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const headers = columns.table.getHeaderGroups()[0]?.headers ?? [];
  const defined = new Map(columns.visible.map((column) => [column.id, column]));
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-row">
        {selection && (
          <div role="columnheader" className="grid-cell grid-check">
            <input
              type="checkbox"
              aria-label={t`选中已加载的全部`}
              checked={selection === "all"}
              ref={(box) => {
                if (box) box.indeterminate = selection === "some";
              }}
              onChange={onSelectAll}
            />
          </div>
        )}
        {headers.map((header) => {
          const column = defined.get(header.column.id);
          if (!column) return null;
          const direction = sortDirection(column, sort);
          const resize = header.getResizeHandler();
          return (
            <div
              key={header.id}
              role="columnheader"
              aria-sort={ariaSort(direction)}
              className={headClasses(column, dragged !== null && over === column.id)}
              draggable={!column.primary}
              onDragStart={() => setDragged(column.id)}
              onDragEnd={() => {
                setDragged(null);
                setOver(null);
              }}
              onDragOver={(event) => {
                if (dragged && !column.primary) {
                  event.preventDefault();
                  setOver(column.id);
                }
              }}
              onDrop={() => dragged && columns.move(dragged, column.id)}
            >
              {column.sort && onSort ? (
                <button type="button" onClick={() => onSort(nextSort(column, sort))}>
                  {column.title}
                  <span className="grid-arrow" data-direction={direction ?? "none"} aria-hidden />
                </button>
              ) : (
                <span className="grid-title">{column.title}</span>
              )}
              <span
                aria-hidden
                className="grid-resize"
                onMouseDown={(event) => {
                  event.preventDefault();
                  resize(event);
                }}
                onTouchStart={resize}
                onDoubleClick={() => header.column.resetSize()}
                style={{ "--resizing": header.column.getIsResizing() ? 1 : 0 } as CSSProperties}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function headClasses<Row>(column: GridColumn<Row>, isTarget: boolean): string {
  return [
    "grid-cell",
    column.align === "end" && "is-end",
    column.primary && "is-primary",
    isTarget && "is-target",
  ]
    .filter(Boolean)
    .join(" ");
}

function sortDirection<Row>(
  column: GridColumn<Row>,
  sort: string | undefined,
): "up" | "down" | null {
  if (!column.sort) return null;
  if (sort === column.sort) return "up";
  return sort === `-${column.sort}` ? "down" : null;
}

/** First click: the order people want first; second: the other way; third: the list's own order. */
export function nextSort<Row>(
  column: GridColumn<Row>,
  sort: string | undefined,
): string | undefined {
  const up = column.sort;
  if (!up) return sort;
  const down = `-${up}`;
  const [first, second] = column.sortFirst === "down" ? [down, up] : [up, down];
  if (sort === first) return second;
  return sort === second ? undefined : first;
}

function ariaSort(direction: "up" | "down" | null): "ascending" | "descending" | undefined {
  if (direction === null) return undefined;
  return direction === "up" ? "ascending" : "descending";
}
