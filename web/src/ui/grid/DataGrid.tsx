import { Trans } from "@lingui/react/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Button } from "antd";
import { type CSSProperties, useEffect, useMemo, useRef } from "react";
import { pageAddress } from "@/lib/practice";
import { useIsPhone } from "@/lib/screen";
import { GridCards } from "@/ui/grid/GridCards";
import { GridFoot } from "@/ui/grid/GridFoot";
import { GridHead } from "@/ui/grid/GridHead";
import { GridRow } from "@/ui/grid/GridRow";
import { GridSkeleton } from "@/ui/grid/GridSkeleton";
import type { DataGridProps } from "@/ui/grid/gridTypes";
import { useGridActions } from "@/ui/grid/useGridActions";
import { handleGridKey } from "@/ui/grid/useGridKeys";
import "@/ui/grid/grid.css";

const CHECK_WIDTH = 40;
const USUAL_ROW = 40;
/** Columns grow with large type, so that as many characters fit. */
const LARGE_TYPE = 1.14;
/** Ask for the next page when this many rows are left below the screen. */
const AHEAD = 25;

/** The list of everything: columns of one's own, keyboard, cells edited in place, pages that load
 * themselves, totals at the foot; cards on the phone. Knows nothing of what the rows are. */
export function DataGrid<Row extends { id: number }>(props: DataGridProps<Row>) {
  const isPhone = useIsPhone();
  if (props.error && props.rows.length === 0) {
    return (
      <div className="grid-message" role="alert">
        <p>{props.error}</p>
        {props.onRetry && (
          <Button onClick={props.onRetry}>
            <Trans>再试一次</Trans>
          </Button>
        )}
      </div>
    );
  }
  if (!props.isLoading && props.rows.length === 0)
    return <div className="grid-message">{props.empty}</div>;
  return isPhone ? <GridCards {...props} /> : <GridTable {...props} />;
}

function GridTable<Row extends { id: number }>(props: DataGridProps<Row>) {
  const { rows, columns, selected, onSelect } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: rowHeight,
  });
  useEffect(() => {
    virtualizer.options.estimateSize = () => rowHeight;
    virtualizer.measure();
  }, [rowHeight, virtualizer]);
  const items = virtualizer.getVirtualItems();
  useNearEnd(props, items.at(-1)?.index ?? 0);

  const { state, actions, selectAll } = useGridActions(props, scroller, (index) =>
    virtualizer.scrollToIndex(index, { align: "auto" }),
  );
  const widths = columns.table
    .getVisibleLeafColumns()
    .map((column) => column.getSize())
    .join(" ");
  const isSelectable = Boolean(onSelect);
  const style = useMemo(
    () => gridStyle(widths, isSelectable, rowHeight > USUAL_ROW ? LARGE_TYPE : 1),
    [widths, isSelectable, rowHeight],
  );
  const { focus } = state;
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.hasMore ? -1 : rows.length + 1}
      aria-colcount={columns.visible.length}
      aria-multiselectable={onSelect ? true : undefined}
      aria-busy={props.isLoading || props.isLoadingMore}
      className="grid"
      style={style}
      onKeyDown={(event) =>
        handleGridKey(event, {
          place: focus,
          rowCount: rows.length,
          columnCount: columns.visible.length,
          pageSize: Math.max(
            1,
            Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2,
          ),
          isEditable: actions.isEditable,
          go: actions.go,
          edit: ({ row, column }) => actions.edit(row, column),
          open: (index) => rows[index] && props.onOpen(rows[index]),
          toggle: actions.toggle,
          clear: actions.clear,
        })
      }
    >
      <GridHead
        columns={columns}
        sort={props.sort}
        onSort={props.onSort}
        selection={onSelect && selectionOf(rows.length, selected?.size ?? 0)}
        onSelectAll={selectAll}
      />
      {props.isLoading ? (
        <GridSkeleton columns={columns.visible.length} isSelectable={isSelectable} />
      ) : (
        <div role="rowgroup" className="grid-body" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <GridRow
                key={row.id}
                row={row}
                index={item.index}
                top={item.start}
                columns={columns.visible}
                href={pageAddress(props.hrefOf(row))}
                isSelectable={isSelectable}
                isSelected={selected?.has(row.id) ?? false}
                isOpen={props.openId === row.id}
                canEdit={Boolean(props.onEdit) && (props.canEdit?.(row) ?? true)}
                focused={focus.row === item.index ? focus.column : null}
                editing={state.editing?.row === item.index ? state.editing.column : null}
                troubles={state.troubles[row.id]}
                actions={actions}
              />
            );
          })}
        </div>
      )}
      {props.foot && (
        <GridFoot columns={columns.visible} foot={props.foot} isSelectable={isSelectable} />
      )}
    </div>
  );
}

function useNearEnd<Row extends { id: number }>(props: DataGridProps<Row>, last: number): void {
  const { hasMore, isLoadingMore, onNearEnd, rows } = props;
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= rows.length - AHEAD) onNearEnd?.();
  }, [hasMore, isLoadingMore, onNearEnd, last, rows.length]);
}

/** The row height stands in the theme (it grows with large type); the virtualiser needs the number. */
function useRowHeight(): number {
  const text = getComputedStyle(document.documentElement).getPropertyValue("--row");
  return Number.parseInt(text, 10) || USUAL_ROW;
}

function gridStyle(widths: string, isSelectable: boolean, scale: number): CSSProperties {
  const sizes = widths.split(" ").map((width) => Math.round(Number(width) * scale));
  const tracks = sizes.map((size, index) =>
    // The last column takes what is left, so that rows reach the edge of the page.
    index === sizes.length - 1 ? `minmax(${size}px, 1fr)` : `${size}px`,
  );
  const check = isSelectable ? CHECK_WIDTH : 0;
  return {
    "--columns": `${isSelectable ? `${CHECK_WIDTH}px ` : ""}${tracks.join(" ")}`,
    "--check": `${check}px`,
    "--total": `${sizes.reduce((sum, size) => sum + size, check)}px`,
    scrollPaddingInlineStart: check + (sizes[0] ?? 0),
  } as CSSProperties;
}

function selectionOf(rows: number, selected: number): "all" | "some" | "none" {
  if (selected === 0) return "none";
  return selected >= rows ? "all" : "some";
}
