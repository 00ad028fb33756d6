import { Input, Select } from "antd";
import { type KeyboardEvent, useRef } from "react";
import { onOffer } from "@/api/fields";
import { DayInput } from "@/ui/DayInput";
import type { CellEditor, CellValue } from "@/ui/grid/gridTypes";
import { MoneyInput } from "@/ui/MoneyInput";
import { TabLeaves } from "@/ui/TabLeaves";

interface EditCellProps<Row> {
  row: Row;
  title: string;
  editor: CellEditor<Row>;
  /** What was typed before and refused. */
  typed?: CellValue | undefined;
  onSave: (value: CellValue, next: "stay" | "down" | "right" | "left") => void;
  onCancel: () => void;
}

/** One cell being edited: Enter saves, Esc leaves, Tab saves and goes on, a click elsewhere saves. */
export function EditCell<Row>({ row, title, editor, typed, onSave, onCancel }: EditCellProps<Row>) {
  const before = editor.value(row);
  const draft = useRef<CellValue>(typed === undefined ? before : typed);
  const isDone = useRef(false);

  const save = (next: "stay" | "down" | "right" | "left") => {
    if (isDone.current) return;
    isDone.current = true;
    const value = typeof draft.current === "string" ? draft.current.trim() || null : draft.current;
    const isEmptyRequired = value === null && "required" in editor && editor.required;
    if (isEmptyRequired || value === before) onCancelWith(next);
    else onSave(value, next);
  };
  const onCancelWith = (next: "stay" | "down" | "right" | "left") =>
    next === "stay" ? onCancel() : onSave(before, next);
  const onKeyDown = (event: KeyboardEvent) => {
    // The Enter that ends a pinyin composition chooses a word; it does not save.
    if (event.nativeEvent.isComposing) return;
    event.stopPropagation();
    if (event.key === "Enter") save("stay");
    else if (event.key === "Tab") {
      event.preventDefault();
      save(event.shiftKey ? "left" : "right");
    } else if (event.key === "Escape") {
      isDone.current = true;
      onCancel();
    }
  };
  // The list of choices handles its own keys; only leaving the cell is the cell's business.
  const onChoiceKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key !== "Escape") return;
    event.preventDefault();
    isDone.current = true;
    onCancel();
  };
  const onChoiceTab = (event: KeyboardEvent) => {
    event.preventDefault();
    isDone.current = true;
    onSave(before, event.shiftKey ? "left" : "right");
  };
  const set = (value: CellValue) => {
    draft.current = value;
  };

  switch (editor.kind) {
    case "choice":
      return (
        // biome-ignore lint/a11y/noStaticElementInteractions: keeps the list's keys from the grid
        <span className="grid-edit" onKeyDown={onChoiceKey}>
          <TabLeaves onTab={onChoiceTab}>
            <Select
              aria-label={title}
              autoFocus
              defaultOpen
              variant="borderless"
              defaultValue={(draft.current as string | null) || null}
              options={onOffer(editor.choices, before).map(({ value, label }) => ({
                value,
                label,
              }))}
              allowClear={!editor.required}
              showSearch={editor.choices.length > 8 ? { optionFilterProp: "label" } : false}
              popupMatchSelectWidth={false}
              onSelect={(value) => {
                set(value);
                save("stay");
              }}
              onClear={() => {
                set(null);
                save("stay");
              }}
              onBlur={() => !isDone.current && onCancel()}
            />
          </TabLeaves>
        </span>
      );
    case "day":
      return (
        // biome-ignore lint/a11y/noStaticElementInteractions: only notices that the focus left
        <span className="grid-edit" onBlur={(event) => leaves(event) && save("stay")}>
          <DayInput
            aria-label={title}
            autoFocus
            open
            variant="borderless"
            value={draft.current as string | null}
            onChange={(day) => {
              const isPicked = document.activeElement?.closest(".ant-picker-dropdown, .ant-picker");
              set(day);
              if (isPicked) save("stay");
            }}
            onKeyDown={onKeyDown}
          />
        </span>
      );
    case "money":
      return (
        // biome-ignore lint/a11y/noStaticElementInteractions: only notices that the focus left
        <span className="grid-edit" onBlur={() => save("stay")}>
          <MoneyInput
            aria-label={title}
            autoFocus
            variant="borderless"
            value={draft.current as number | null}
            onChange={set}
            onKeyDown={onKeyDown}
          />
        </span>
      );
    default:
      return (
        <Input
          className="grid-edit"
          aria-label={title}
          autoFocus
          variant="borderless"
          autoComplete="off"
          defaultValue={(draft.current as string | null) ?? ""}
          onFocus={(event) => event.target.select()}
          onChange={(event) => set(event.target.value)}
          onBlur={() => save("stay")}
          onKeyDown={onKeyDown}
        />
      );
  }
}

function leaves(event: React.FocusEvent): boolean {
  const next = event.relatedTarget;
  return !(next instanceof HTMLElement && next.closest(".ant-picker-dropdown, .grid-edit"));
}
