import { useLingui } from "@lingui/react/macro";
import { AutoComplete, Input } from "antd";
import { type KeyboardEvent, useRef, useState } from "react";
import { type Definition, useWords } from "@/api/fields";
import { useFoundIndustries } from "@/api/industries";
import { FieldEditor, type Next } from "@/rooms/customers/facts/FieldEditor";
import type { FieldDraft } from "@/ui/fields/FieldInput";
import { EditCell } from "@/ui/grid/EditCell";
import type { CellEditor, CellValue } from "@/ui/grid/gridTypes";

interface FactEditorProps {
  field: Definition;
  /** Written anew, never shown. */
  isSecret: boolean;
  value: FieldDraft;
  /** What was typed before and refused. */
  typed: FieldDraft | undefined;
  onSave: (value: FieldDraft, next: Next) => void;
  onCancel: () => void;
  onStreet?: ((street: string) => void) | undefined;
}

/** The editor of one field. Enter saves, Esc leaves, Tab saves and goes on to the next. */
export function FactEditor(props: FactEditorProps) {
  const { field, isSecret } = props;
  if (isSecret || field.type === "long_text") return <WordsEditor {...props} />;
  switch (field.type) {
    case "industry":
      return <IndustryEditor {...props} />;
    case "text":
    case "address":
    case "money":
    case "date":
    case "choice":
      return <CellLike {...props} />;
    default:
      return (
        <FieldEditor
          field={field}
          value={props.typed ?? props.value}
          onSave={props.onSave}
          onCancel={props.onCancel}
          onStreet={props.onStreet}
        />
      );
  }
}

/** As in a cell of the list. */
function CellLike({ field, value, typed, onSave, onCancel }: FactEditorProps) {
  const choices = useWords(field.dictionary);
  const text = (held: CellValue) => (held === null || held === "" ? null : String(held));
  const isRequired = field.need === "required";
  const editor: CellEditor<CellValue> =
    field.type === "choice"
      ? { kind: "choice", value: text, choices, ...(isRequired && { required: true }) }
      : field.type === "date"
        ? { kind: "day", value: text }
        : field.type === "money"
          ? { kind: "money", value: (held) => (typeof held === "number" ? held : null) }
          : { kind: "text", value: text };
  return (
    <EditCell
      row={value as CellValue}
      title={field.label}
      editor={editor}
      typed={typed as CellValue | undefined}
      onSave={onSave}
      onCancel={onCancel}
    />
  );
}

/** Several lines (Shift+Enter), or a protected value: that one is written anew, never shown. */
function WordsEditor({ field, isSecret, value, typed, onSave, onCancel }: FactEditorProps) {
  const { t } = useLingui();
  const before = isSecret ? "" : String(value ?? "");
  const [text, setText] = useState(String(typed ?? before));
  const isDone = useRef(false);
  const leave = (next: Next) => {
    if (isDone.current) return;
    isDone.current = true;
    if (text.trim() === before.trim() && next === "stay") onCancel();
    else onSave(isSecret && text.trim() === "" ? value : text.trim() || null, next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    event.stopPropagation();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      leave("stay");
    } else if (event.key === "Tab") {
      event.preventDefault();
      leave(event.shiftKey ? "left" : "right");
    } else if (event.key === "Escape") {
      isDone.current = true;
      onCancel();
    }
  };
  return (
    <Input.TextArea
      aria-label={field.label}
      autoFocus
      autoSize={{ minRows: 1, maxRows: 12 }}
      value={text}
      placeholder={isSecret && value ? t`重新填写，留空不变` : ""}
      onFocus={(event) => event.target.setSelectionRange(text.length, text.length)}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => leave("stay")}
      onKeyDown={onKeyDown}
    />
  );
}

/** The industry: proposed from the national list while one types, or any words. */
function IndustryEditor({ field, value, typed, onSave, onCancel }: FactEditorProps) {
  const before = String(value ?? "");
  const [text, setText] = useState(String(typed ?? before));
  const isDone = useRef(false);
  const found = useFoundIndustries(text === before ? "" : text);
  const leave = (words: string, next: Next) => {
    if (isDone.current) return;
    isDone.current = true;
    if (words.trim() === before && next === "stay") onCancel();
    else onSave(words.trim() || null, next);
  };
  return (
    <AutoComplete
      aria-label={field.label}
      className="fact-input"
      autoFocus
      defaultActiveFirstOption={false}
      popupMatchSelectWidth={380}
      options={found.map(({ code, label }) => ({ value: label, key: code }))}
      value={text}
      onChange={(words: string) => setText(words)}
      onSelect={(words: string) => leave(words, "stay")}
      onBlur={() => leave(text, "stay")}
      onInputKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        const isChoosing = document.querySelector(".ant-select-item-option-active") !== null;
        if (event.key === "Enter" && !isChoosing) leave(text, "stay");
        if (event.key === "Tab") {
          event.preventDefault();
          leave(text, event.shiftKey ? "left" : "right");
        }
        if (event.key === "Escape") {
          isDone.current = true;
          onCancel();
        }
      }}
    />
  );
}
