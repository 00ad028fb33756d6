import type { KeyboardEvent } from "react";
import type { CellPlace } from "@/ui/grid/gridTypes";

interface GridKeys {
  place: CellPlace;
  rowCount: number;
  columnCount: number;
  /** Rows that fit on the screen, for PageUp and PageDown. */
  pageSize: number;
  isEditable: (place: CellPlace) => boolean;
  go: (place: CellPlace) => void;
  edit: (place: CellPlace) => void;
  open: (row: number) => void;
  toggle: (row: number, range: boolean) => void;
  /** True when there was something to clear. */
  clear: () => boolean;
}

/** The keyboard of the grid: arrows move, Enter edits or opens, x selects, Esc clears. */
export function handleGridKey(event: KeyboardEvent, grid: GridKeys): void {
  if (event.nativeEvent.isComposing || isField(event.target)) return;
  const { place } = grid;
  const mod = event.ctrlKey || event.metaKey;
  const step = movement(event.key, mod, grid);
  if (step) {
    event.preventDefault();
    grid.go({
      row: within(step.row, grid.rowCount),
      column: within(step.column, grid.columnCount),
    });
    return;
  }
  if (event.key === "Enter") {
    event.preventDefault();
    if (!mod && grid.isEditable(place)) grid.edit(place);
    else grid.open(place.row);
  } else if (event.key === "F2" && grid.isEditable(place)) {
    event.preventDefault();
    grid.edit(place);
  } else if (event.key.toLowerCase() === "x" && !mod) {
    event.preventDefault();
    grid.toggle(place.row, event.shiftKey);
  } else if (event.key === "Escape" && grid.clear()) {
    event.preventDefault();
  }
}

function movement(
  key: string,
  mod: boolean,
  { place, rowCount, columnCount, pageSize }: GridKeys,
): CellPlace | null {
  const { row, column } = place;
  switch (key) {
    case "ArrowUp":
      return { row: mod ? 0 : row - 1, column };
    case "ArrowDown":
      return { row: mod ? rowCount - 1 : row + 1, column };
    case "ArrowLeft":
      return { row, column: mod ? 0 : column - 1 };
    case "ArrowRight":
      return { row, column: mod ? columnCount - 1 : column + 1 };
    case "Home":
      return { row: mod ? 0 : row, column: 0 };
    case "End":
      return { row: mod ? rowCount - 1 : row, column: columnCount - 1 };
    case "PageUp":
      return { row: row - pageSize, column };
    case "PageDown":
      return { row: row + pageSize, column };
    default:
      return null;
  }
}

function within(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}

function isField(target: EventTarget): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input:not([type=checkbox]), textarea, .ant-select") !== null
  );
}
