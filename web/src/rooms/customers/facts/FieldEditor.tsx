import { useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Definition } from "@/api/fields";
import { type FieldDraft, FieldInput } from "@/ui/fields/FieldInput";

export type Next = "stay" | "down" | "right" | "left";

interface FieldEditorProps {
  field: Definition;
  value: FieldDraft;
  /** A sealed value as it is masked. */
  masked?: string | undefined;
  onSave: (value: FieldDraft, next: Next) => void;
  onCancel: () => void;
  onStreet?: ((street: string) => void) | undefined;
}

/** One choice says it all: kept as soon as it is made. */
const AT_ONCE: ReadonlySet<string> = new Set(["choice", "yes_no", "person", "region"]);
/** Made of several parts: a button says when one is done. */
const IN_PARTS: ReadonlySet<string> = new Set(["choices", "date_range", "birthday"]);
/** Lists and calendars that open over the page belong to the editor that opened them. */
const POPUPS =
  ".ant-select-dropdown, .ant-picker-dropdown, .ant-cascader-dropdown, .ant-dropdown, .ant-popover";

/** The editor of a field of any type. Enter saves, Esc leaves, Tab saves and goes on to the next;
 * a click elsewhere saves too. */
export function FieldEditor({
  field,
  value,
  masked,
  onSave,
  onCancel,
  onStreet,
}: FieldEditorProps) {
  const { t } = useLingui();
  const [draft, setDraft] = useState<FieldDraft>(value);
  const now = useRef<FieldDraft>(value);
  const box = useRef<HTMLFieldSetElement>(null);
  const isDone = useRef(false);

  const finish = (next: Next) => {
    if (isDone.current) return;
    isDone.current = true;
    const kept = typeof now.current === "string" ? now.current.trim() || null : now.current;
    onSave(kept, next);
  };
  const leave = () => {
    if (isDone.current) return;
    isDone.current = true;
    onCancel();
  };
  const change = (next: FieldDraft) => {
    now.current = next;
    setDraft(next);
    if (AT_ONCE.has(field.type)) finish("stay");
  };
  const latest = useRef(finish);
  useEffect(() => {
    latest.current = finish;
  });
  useEffect(() => {
    const onPointer = (event: PointerEvent) => {
      const target = event.target as Element | null;
      if (!target?.isConnected || box.current?.contains(target) || target.closest(POPUPS)) return;
      latest.current("stay");
    };
    document.addEventListener("pointerdown", onPointer, true);
    return () => document.removeEventListener("pointerdown", onPointer, true);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    event.stopPropagation();
    if (event.key === "Enter" && !hasOpenPopup()) {
      if ((event.target as Element).closest("button")) return;
      event.preventDefault();
      finish("stay");
    } else if (event.key === "Escape") {
      leave();
    }
  };
  // Before an open list sees it: that would take Tab for a choice of the word that is lit.
  const onTab = (event: KeyboardEvent) => {
    if (event.key !== "Tab" || event.nativeEvent.isComposing || IN_PARTS.has(field.type)) return;
    event.preventDefault();
    event.stopPropagation();
    finish(event.shiftKey ? "left" : "right");
  };
  return (
    <fieldset
      ref={box}
      className="field-editor"
      aria-label={field.label}
      onKeyDown={onKeyDown}
      onKeyDownCapture={onTab}
    >
      <FieldInput
        field={field}
        value={draft}
        masked={masked}
        autoFocus
        onChange={change}
        onStreet={onStreet}
      />
      {IN_PARTS.has(field.type) && (
        <span className="field-editor-end">
          <Button size="small" type="primary" onClick={() => finish("stay")}>{t`好`}</Button>
          <Button size="small" type="text" onClick={leave}>{t`取消`}</Button>
        </span>
      )}
    </fieldset>
  );
}

function hasOpenPopup(): boolean {
  return [...document.querySelectorAll(POPUPS)].some((one) => one.getClientRects().length > 0);
}
