import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button, Input } from "antd";
import { useRef } from "react";
import { flushSync } from "react-dom";
import { ColourPick } from "@/rooms/fields/ColourPick";
import { type DraftChoice, newChoice } from "@/rooms/fields/fieldForm";
import { SortableList } from "@/ui/sorting/SortableList";

interface ChoicesEditorProps {
  value?: DraftChoice[];
  onChange?: (choices: DraftChoice[]) => void;
}

const LONGEST = 40;

/** The words of a new field: Enter goes on to the next one, several lines can be pasted at once. */
export function ChoicesEditor({ value = [], onChange }: ChoicesEditorProps) {
  const { t } = useLingui();
  const list = useRef<HTMLDivElement>(null);
  const change = (next: DraftChoice[]) => onChange?.(next);
  const put = (id: string, part: Partial<DraftChoice>) =>
    change(value.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const focus = (at: number) => list.current?.querySelectorAll("input")[at]?.focus();
  const add = () => {
    // The new line has to stand before the next key is pressed.
    flushSync(() => change([...value, newChoice(value.length)]));
    focus(value.length);
  };
  const goOn = (index: number) => (index === value.length - 1 ? add() : focus(index + 1));
  const paste = (index: number, text: string): boolean => {
    const lines = text
      .split(/[\n\t;；、]+/)
      .map((line) => line.trim().slice(0, LONGEST))
      .filter(Boolean);
    if (lines.length < 2) return false;
    const made = lines.map((label, at) => ({ ...newChoice(index + at), label }));
    change([...value.slice(0, index), ...made, ...value.slice(index + 1)].filter(isUsed));
    return true;
  };
  return (
    <div ref={list} className="choices-editor">
      <SortableList
        label={t`选项`}
        items={value}
        idOf={(one) => one.id}
        nameOf={(one) => one.label || t`空选项`}
        onOrder={change}
      >
        {(one, index) => (
          <>
            <ColourPick
              color={one.color}
              label={t`“${one.label || index + 1}”的颜色`}
              onChange={(color) => put(one.id, { color })}
            />
            <Input
              aria-label={t`第 ${index + 1} 个选项`}
              placeholder={index === 0 ? t`比如 进行中` : ""}
              maxLength={LONGEST}
              value={one.label}
              onChange={(event) => put(one.id, { label: event.target.value })}
              onPaste={(event) => {
                if (paste(index, event.clipboardData.getData("text"))) event.preventDefault();
              }}
              onKeyDown={(event) => {
                if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
                if (event.ctrlKey || event.metaKey) return;
                event.preventDefault();
                goOn(index);
              }}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t`去掉“${one.label || index + 1}”`}
              disabled={value.length === 1}
              onClick={() => change(value.filter(({ id }) => id !== one.id))}
            />
          </>
        )}
      </SortableList>
      <Button type="text" size="small" icon={<PlusOutlined />} onClick={add}>
        {t`再加一个`}
      </Button>
      <small className="faint">{t`回车接着写下一个；一次粘贴几行也行。`}</small>
    </div>
  );
}

function isUsed(one: DraftChoice): boolean {
  return one.label.trim() !== "";
}
