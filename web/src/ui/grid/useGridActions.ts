import { useEffect, useMemo, useRef, useState } from "react";
import { messageOf } from "@/api/problem";
import type { RowActions } from "@/ui/grid/GridRow";
import type { CellPlace, CellTrouble, DataGridProps } from "@/ui/grid/gridTypes";

type Troubles = Record<number, Record<string, CellTrouble>>;

export interface GridState {
  focus: CellPlace;
  editing: CellPlace | null;
  troubles: Troubles;
}

export interface GridActions<Row> extends RowActions<Row> {
  go: (place: CellPlace) => void;
  isEditable: (place: CellPlace) => boolean;
  clear: () => boolean;
}

/** Where the focus stands, which cell is edited, what was refused, and the verbs on them. */
export function useGridActions<Row extends { id: number }>(
  props: DataGridProps<Row>,
  scroller: { current: HTMLDivElement | null },
  scrollTo: (row: number) => void,
) {
  const [focus, setFocus] = useState<CellPlace>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<CellPlace | null>(null);
  const [troubles, setTroubles] = useState<Troubles>({});
  const anchor = useRef<number | null>(null);
  const wantsFocus = useRef(false);
  // The verbs are made once, so that rows need not be drawn again; they read the latest of everything.
  const latest = useRef({ props, focus, editing, troubles, scrollTo });
  latest.current = { props, focus, editing, troubles, scrollTo };

  useEffect(() => {
    if (!wantsFocus.current || editing) return;
    wantsFocus.current = false;
    focusCell(scroller, focus);
  }, [focus, editing, scroller]);

  const actions = useMemo<GridActions<Row>>(() => {
    const now = () => latest.current.props;
    const columnAt = (index: number) => now().columns.visible[index];
    const isEditable = ({ row, column }: CellPlace) => {
      const record = now().rows[row];
      return Boolean(
        record && now().onEdit && columnAt(column)?.edit && (now().canEdit?.(record) ?? true),
      );
    };
    const go = (place: CellPlace) => {
      wantsFocus.current = true;
      latest.current.scrollTo(place.row);
      // The same place again (after an edit) still has to take the focus back.
      setFocus({ ...place });
    };
    const edit = (row: number, column: number) => {
      if (!isEditable({ row, column })) return;
      setFocus({ row, column });
      setEditing({ row, column });
    };
    const setTrouble = (id: number, column: string, trouble: CellTrouble | null) =>
      setTroubles((before) => withTrouble(before, id, column, trouble));
    const nextEditable = (row: number, from: number, step: 1 | -1) => {
      for (
        let column = from + step;
        column >= 0 && column < now().columns.visible.length;
        column += step
      ) {
        if (isEditable({ row, column })) return column;
      }
      return null;
    };
    return {
      isEditable,
      go,
      edit,
      focus: (row, column) =>
        setFocus((before) =>
          before.row === row && before.column === column ? before : { row, column },
        ),
      cancel: () => {
        const place = latest.current.editing;
        setEditing(null);
        if (!place) return;
        const row = now().rows[place.row];
        const column = columnAt(place.column);
        if (row && column) setTrouble(row.id, column.id, null);
        go(place);
      },
      save: (index, place, value, next) => {
        const row = now().rows[index];
        const column = columnAt(place);
        setEditing(null);
        if (!row || !column?.edit) return;
        const beside =
          next === "stay" || next === "down"
            ? null
            : nextEditable(index, place, next === "right" ? 1 : -1);
        if (beside !== null) edit(index, beside);
        else go({ row: index, column: place });
        if (value === column.edit.value(row)) return;
        setTrouble(row.id, column.id, null);
        now()
          .onEdit?.(row, column.id, value)
          .catch((error) =>
            setTrouble(row.id, column.id, { typed: value, message: messageOf(error) }),
          );
      },
      open: (row) => now().onOpen(row),
      toggle: (index, range) => {
        const { rows, selected, onSelect } = now();
        if (!onSelect) return;
        onSelect(toggled(rows, selected ?? new Set(), index, range ? anchor.current : null));
        anchor.current = index;
      },
      clear: () => {
        const { selected, onSelect } = now();
        if (!onSelect || !selected?.size) return false;
        onSelect(new Set());
        return true;
      },
    };
  }, []);

  const selectAll = () => {
    const { rows, selected, onSelect } = props;
    onSelect?.(
      (selected?.size ?? 0) >= rows.length ? new Set() : new Set(rows.map((row) => row.id)),
    );
  };
  return { state: { focus, editing, troubles } satisfies GridState, actions, selectAll };
}

/** The selection after a click on a row; with `anchor`, everything from there to here. */
export function toggled(
  rows: { id: number }[],
  selected: ReadonlySet<number>,
  index: number,
  anchor: number | null,
): ReadonlySet<number> {
  const next = new Set(selected);
  const row = rows[index];
  if (!row) return next;
  if (anchor === null) {
    if (!next.delete(row.id)) next.add(row.id);
    return next;
  }
  const [from, to] = anchor < index ? [anchor, index] : [index, anchor];
  for (const one of rows.slice(from, to + 1)) next.add(one.id);
  return next;
}

function withTrouble(
  before: Troubles,
  id: number,
  column: string,
  trouble: CellTrouble | null,
): Troubles {
  if (!trouble && !before[id]?.[column]) return before;
  const { [column]: _gone, ...others } = before[id] ?? {};
  return { ...before, [id]: trouble ? { ...others, [column]: trouble } : others };
}

/** A row far away is drawn only after the scroll: wait for it a few frames. */
function focusCell(
  scroller: { current: HTMLDivElement | null },
  place: CellPlace,
  tries = 5,
): void {
  const cell = scroller.current?.querySelector<HTMLElement>(
    `[data-place="${place.row}:${place.column}"]`,
  );
  if (cell) cell.focus();
  else if (tries > 0) requestAnimationFrame(() => focusCell(scroller, place, tries - 1));
}
