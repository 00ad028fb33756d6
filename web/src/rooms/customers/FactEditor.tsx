import { useLingui } from "@lingui/react/macro";
import { AutoComplete, Input } from "antd";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useChoices } from "@/api/queries";
import type { Fact } from "@/rooms/customers/facts";
import { EditCell } from "@/ui/grid/EditCell";
import type { CellEditor, CellValue } from "@/ui/grid/gridTypes";

export type Next = "stay" | "down" | "right" | "left";

interface FactEditorProps {
  fact: Fact;
  value: CellValue;
  /** What was typed before and refused. */
  typed: CellValue | undefined;
  onSave: (value: CellValue, next: Next) => void;
  onCancel: () => void;
}

/** The editor of one field. Enter saves, Esc leaves, Tab saves and goes on to the next. */
export function FactEditor(props: FactEditorProps) {
  const { fact, value, typed } = props;
  switch (fact.kind) {
    case "long":
    case "sealed":
      return <WordsEditor {...props} />;
    case "industry":
      return <IndustryEditor {...props} />;
    default:
      return (
        <EditCell
          row={value}
          title={fact.label}
          editor={editorOf(fact)}
          typed={typed}
          onSave={props.onSave}
          onCancel={props.onCancel}
        />
      );
  }
}

function editorOf(fact: Fact): CellEditor<CellValue> {
  const text = (value: CellValue) => (value === null ? null : String(value));
  switch (fact.kind) {
    case "choice":
      return {
        kind: "choice",
        value: (value) => text(value) || null,
        choices: fact.choices ?? [],
        ...(fact.isRequired && { required: true }),
      };
    case "day":
      return { kind: "day", value: text };
    case "money":
      return { kind: "money", value: (value) => (typeof value === "number" ? value : null) };
    default:
      return { kind: "text", value: text };
  }
}

/** Several lines (Shift+Enter), or a protected value: that one is written anew, never shown. */
function WordsEditor({ fact, value, typed, onSave, onCancel }: FactEditorProps) {
  const { t } = useLingui();
  const isSealed = fact.kind === "sealed";
  const before = isSealed ? "" : String(value ?? "");
  const [text, setText] = useState(String(typed ?? before));
  const isDone = useRef(false);
  const leave = (next: Next) => {
    if (isDone.current) return;
    isDone.current = true;
    if (text.trim() === before.trim() && next === "stay") onCancel();
    else onSave(isSealed && text.trim() === "" ? value : text.trim(), next);
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
      aria-label={fact.label}
      autoFocus
      autoSize={{ minRows: 1, maxRows: 12 }}
      value={text}
      placeholder={isSealed ? t`重新填写，留空不变` : ""}
      onFocus={(event) => event.target.setSelectionRange(text.length, text.length)}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => leave("stay")}
      onKeyDown={onKeyDown}
    />
  );
}

const SUGGESTED = 30;

/** The industry: proposed from the national list while one types, or any words. */
function IndustryEditor({ fact, value, typed, onSave, onCancel }: FactEditorProps) {
  const industries = useChoices("industry");
  const before = String(value ?? "");
  const [text, setText] = useState(String(typed ?? before));
  const isDone = useRef(false);
  const fitting = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return industries
      .filter(({ label }) => label.toLowerCase().includes(wanted))
      .slice(0, SUGGESTED)
      .map(({ label }) => ({ value: label }));
  }, [industries, text]);
  const leave = (words: string, next: Next) => {
    if (isDone.current) return;
    isDone.current = true;
    if (words.trim() === before && next === "stay") onCancel();
    else onSave(words.trim(), next);
  };
  return (
    <AutoComplete
      aria-label={fact.label}
      className="fact-input"
      autoFocus
      defaultActiveFirstOption={false}
      popupMatchSelectWidth={380}
      options={text === before ? [] : fitting}
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
