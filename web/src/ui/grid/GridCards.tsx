import { Trans } from "@lingui/react/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { pageAddress } from "@/lib/practice";
import type { DataGridProps } from "@/ui/grid/gridTypes";

const USUAL_HEIGHT = 104;
const AHEAD = 12;

/** The grid on a phone: one card per row, the whole card opens the record. */
export function GridCards<Row extends { id: number }>(props: DataGridProps<Row>) {
  const { rows, hasMore, isLoadingMore, onNearEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => USUAL_HEIGHT,
    overscan: 6,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= rows.length - AHEAD) onNearEnd?.();
  }, [hasMore, isLoadingMore, onNearEnd, last, rows.length]);
  if (props.isLoading) return <CardsSkeleton />;
  return (
    <div ref={scroller} className="cards">
      <ul
        aria-label={props.label}
        aria-busy={isLoadingMore}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <li
              key={row.id}
              ref={virtualizer.measureElement}
              data-index={item.index}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <a
                className="card"
                href={pageAddress(props.hrefOf(row))}
                onClick={(event) => {
                  event.preventDefault();
                  props.onOpen(row);
                }}
              >
                {props.card(row)}
              </a>
            </li>
          );
        })}
      </ul>
      {!hasMore && rows.length > 10 && (
        <p className="cards-end">
          <Trans>到底了</Trans>
        </p>
      )}
    </div>
  );
}

function CardsSkeleton() {
  return (
    <div className="cards" aria-hidden>
      {[60, 45, 70, 52, 64, 48].map((width) => (
        <div key={width} className="card">
          <span className="bar" style={{ width: `${width}%` }} />
          <span className="bar" style={{ width: `${100 - width}%`, marginTop: 12 }} />
        </div>
      ))}
    </div>
  );
}
