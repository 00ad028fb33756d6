import { Trans } from "@lingui/react/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Button, Skeleton } from "antd";
import { type CSSProperties, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import type { ImportOut, RowFilter } from "@/api/doors";
import { messageOf } from "@/api/problem";
import { useIsPhone } from "@/lib/screen";
import { PreviewCard, PreviewRow } from "@/rooms/doors/PreviewRow";
import { outOfSight, previewColumns } from "@/rooms/doors/previewColumns";
import { useImportRows } from "@/rooms/doors/queries";
import { waitsForMapping } from "@/rooms/doors/words";

interface RowsPreviewProps {
  of: ImportOut;
  only: RowFilter;
  /** Inside a page that scrolls itself: with a frame and a height of its own. */
  isBoxed?: boolean;
}

const ROW_HEIGHT = 42;
const CARD_HEIGHT = 120;
const AHEAD = 20;

/** Rows as they stand in the file, with what is wrong written under the cell. Only those on screen
 * are drawn: there may be a hundred thousand. */
export function RowsPreview({ of, only, isBoxed }: RowsPreviewProps) {
  const isPhone = useIsPhone();
  const list = useImportRows(of, only);
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const first = data?.pages[0]?.items;
  const columns = useMemo(
    () => previewColumns(of, first ?? [], only === "problems"),
    [of, first, only],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const space = useWidth(scroller, rows.length > 0);
  const far = useMemo(() => outOfSight(columns, space), [columns, space]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isPhone ? CARD_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => `${only}.${rows[index]?.row ?? index}`,
    overscan: 6,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);

  const className = `rows ${isBoxed ? "is-boxed" : ""} ${list.isPlaceholderData ? "is-old" : ""}`;
  if (list.error && rows.length === 0) {
    return (
      <div className={className} role="alert">
        <p className="rows-message">
          {messageOf(list.error)}{" "}
          <Button size="small" onClick={() => void list.refetch()}>
            <Trans>再试一次</Trans>
          </Button>
        </p>
      </div>
    );
  }
  if (list.isPending) return <Skeleton active className="rows-message" paragraph={{ rows: 8 }} />;
  if (rows.length === 0) {
    return (
      <div className={className}>
        <p className="rows-message soft">
          <Trans>没有问题，每一行都能导入。</Trans>
        </p>
      </div>
    );
  }
  const style = {
    "--preview": columns.map((column) => `${column.width}px`).join(" "),
  } as CSSProperties;
  return (
    <div
      ref={scroller}
      className={className}
      style={style}
      {...(!isPhone && { role: "table", "aria-rowcount": hasNextPage ? -1 : rows.length + 1 })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
      tabIndex={0}
    >
      {!isPhone && (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: not interactive
        <div className="rows-head" role="row">
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: not interactive */}
          <span role="columnheader">
            <Trans>行</Trans>
          </span>
          {columns.map((column) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: not interactive
            <span
              key={column.header}
              role="columnheader"
              className={column.field === null ? "is-left-out" : ""}
              title={column.header}
            >
              {column.header}
            </span>
          ))}
        </div>
      )}
      <div
        className="rows-body"
        {...(!isPhone && { role: "rowgroup" })}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const place = {
            "data-index": item.index,
            ref: virtualizer.measureElement,
            style: { transform: `translateY(${item.start}px)` },
          };
          return isPhone ? (
            <PreviewCard key={item.key} row={row} columns={columns} place={place} />
          ) : (
            <PreviewRow
              key={item.key}
              row={row}
              columns={columns}
              far={far}
              isChecked={!waitsForMapping(of)}
              place={place}
            />
          );
        })}
      </div>
    </div>
  );
}

const USUAL = 800;

/** How wide an element is, followed while it changes. */
function useWidth(of: RefObject<HTMLDivElement | null>, isThere: boolean): number {
  const [width, setWidth] = useState(USUAL);
  useEffect(() => {
    if (!of.current || !isThere) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(of.current);
    return () => observer.disconnect();
  }, [of, isThere]);
  return width;
}
