import type { ReactNode } from "react";
import type { GridColumn } from "@/ui/grid/gridTypes";

interface GridFootProps<Row> {
  columns: GridColumn<Row>[];
  foot: Record<string, ReactNode>;
  isSelectable: boolean;
}

/** The totals, always in sight. */
export function GridFoot<Row>({ columns, foot, isSelectable }: GridFootProps<Row>) {
  return (
    <div role="rowgroup" className="grid-foot">
      <div role="row" className="grid-row">
        {isSelectable && <div role="gridcell" className="grid-cell grid-check" />}
        {columns.map((column) => (
          <div
            key={column.id}
            role="gridcell"
            className={`grid-cell${column.align === "end" ? " is-end" : ""}${column.primary ? " is-primary" : ""}`}
          >
            <span className="grid-value">{foot[column.id]}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
