import { EditOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { type MouseEvent, memo } from "react";
import { editableMoney } from "@/lib/money";
import { EditCell } from "@/ui/grid/EditCell";
import type { CellEditor, CellTrouble, CellValue, GridColumn } from "@/ui/grid/gridTypes";

export interface RowActions<Row> {
  focus: (index: number, column: number) => void;
  edit: (index: number, column: number) => void;
  save: (
    index: number,
    column: number,
    value: CellValue,
    next: "stay" | "down" | "right" | "left",
  ) => void;
  cancel: () => void;
  open: (row: Row) => void;
  toggle: (index: number, range: boolean) => void;
}

interface GridRowProps<Row extends { id: number }> {
  row: Row;
  index: number;
  top: number;
  columns: GridColumn<Row>[];
  href: string;
  isSelectable: boolean;
  isSelected: boolean;
  isOpen: boolean;
  canEdit: boolean;
  /** The column holding the grid's one tab stop, when it is in this row. */
  focused: number | null;
  editing: number | null;
  /** Refused cells of this row by column id. */
  troubles: Record<string, CellTrouble> | undefined;
  actions: RowActions<Row>;
}

function Row<Row extends { id: number }>(props: GridRowProps<Row>) {
  const { index, columns, actions, isSelected } = props;
  const { t } = useLingui();
  const isRaised = props.editing !== null || Object.keys(props.troubles ?? {}).length > 0;
  const classes = [
    "grid-row",
    isSelected && "is-selected",
    props.isOpen && "is-open",
    isRaised && "is-raised",
  ];
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.isSelectable ? isSelected : undefined}
      className={classes.filter(Boolean).join(" ")}
      style={{ transform: `translateY(${props.top}px)` }}
    >
      {props.isSelectable && (
        <div role="gridcell" className="grid-cell grid-check">
          <input
            type="checkbox"
            tabIndex={-1}
            checked={isSelected}
            aria-label={t`选中这一行`}
            onChange={() => {}}
            onClick={(event) => actions.toggle(index, event.shiftKey)}
          />
        </div>
      )}
      {columns.map((column, place) => (
        <GridCell key={column.id} {...props} column={column} place={place} />
      ))}
    </div>
  );
}

interface GridCellProps<Row extends { id: number }> extends GridRowProps<Row> {
  column: GridColumn<Row>;
  place: number;
}

function GridCell<Row extends { id: number }>({ column, place, ...props }: GridCellProps<Row>) {
  const { row, index, actions } = props;
  const trouble = props.troubles?.[column.id];
  const editor = props.canEdit ? column.edit : undefined;
  const isEditing = props.editing === place && editor !== undefined;
  const classes = [
    "grid-cell",
    column.align === "end" && "is-end",
    column.primary && "is-primary",
    editor && "is-editable",
    isEditing && "is-editing",
    trouble && "is-refused",
  ];
  return (
    <div
      role="gridcell"
      data-place={`${index}:${place}`}
      tabIndex={props.focused === place ? 0 : -1}
      aria-invalid={trouble ? true : undefined}
      className={classes.filter(Boolean).join(" ")}
      onFocus={(event) => event.target === event.currentTarget && actions.focus(index, place)}
      onMouseDown={() => actions.focus(index, place)}
      onDoubleClick={() => (editor ? actions.edit(index, place) : actions.open(row))}
    >
      {isEditing ? (
        <EditCell
          row={row}
          title={column.title}
          editor={editor}
          typed={trouble?.typed}
          onSave={(value, next) => actions.save(index, place, value, next)}
          onCancel={actions.cancel}
        />
      ) : (
        <>
          <span className="grid-value">
            {trouble && column.edit ? (
              <span className="danger">{typedText(column.edit, trouble.typed)}</span>
            ) : column.primary ? (
              <a
                href={props.href}
                tabIndex={-1}
                onClick={(event) => {
                  if (isPlainClick(event)) {
                    event.preventDefault();
                    actions.open(row);
                  }
                }}
              >
                {column.render(row)}
              </a>
            ) : (
              column.render(row)
            )}
          </span>
          {editor && (
            <EditOutlined
              className="grid-pencil"
              aria-hidden
              onClick={() => actions.edit(index, place)}
            />
          )}
        </>
      )}
      {trouble && (
        <span role="alert" className="grid-trouble">
          {trouble.message}
        </span>
      )}
    </div>
  );
}

/** What was typed and refused, so that nobody has to type it again from memory. */
function typedText<Row>(editor: CellEditor<Row>, typed: CellValue): string {
  if (editor.kind === "money" && typeof typed === "number") return editableMoney(typed);
  if (editor.kind === "choice") {
    return editor.choices.find((choice) => choice.value === typed)?.label ?? "";
  }
  return String(typed ?? "");
}

/** Ctrl, ⌘, Shift and the middle button belong to the browser: they open a tab of its own. */
function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
}

/** One row of the grid; drawn again only when something of its own changed. */
export const GridRow = memo(Row) as typeof Row;
