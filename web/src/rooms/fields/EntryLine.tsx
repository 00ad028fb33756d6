import { CloseOutlined, PlusOutlined, StopOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button, Input } from "antd";
import { type KeyboardEvent, useState } from "react";
import { messageOf } from "@/api/problem";
import { useIsPhone } from "@/lib/screen";
import { ColourPick } from "@/rooms/fields/ColourPick";
import { serverColour } from "@/rooms/fields/colours";
import { changeEntry, type Entry, type EntryChange } from "@/rooms/fields/fieldApi";
import { useFieldRefresh } from "@/rooms/fields/fieldQueries";
import { Chip } from "@/ui/Chip";

interface EntryLineProps {
  dictionary: string;
  entry: Entry;
  isFixed: boolean;
  onRetire: () => void;
}

const LONGEST = 40;
/** So many other names are shown at once, on the phone and on a desk. */
const FEW = 3;
const MANY = 8;
type Editing = { what: "label" | "synonym"; text: string } | null;

/** One word: its colour, its name, what else it is called. A click on the name renames it. */
export function EntryLine({ dictionary, entry, isFixed, onRetire }: EntryLineProps) {
  const { t } = useLingui();
  const refresh = useFieldRefresh();
  const [editing, setEditing] = useState<Editing>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { label, synonyms } = entry;
  const isPhone = useIsPhone();
  const [isAll, setAll] = useState(false);
  const most = isPhone ? FEW : MANY;
  // One more than that is shown rather than folded away.
  const shown = isAll || synonyms.length <= most + 1 ? synonyms : synonyms.slice(0, most);
  const save = async (change: EntryChange) => {
    setProblem(null);
    try {
      await changeEntry(dictionary, entry.value, change);
      await refresh();
      setEditing(null);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  const settle = () => {
    if (!editing) return;
    const text = editing.text.trim();
    const isSame = editing.what === "label" ? text === label : synonyms.includes(text);
    if (!text || isSame) {
      setEditing(null);
      setProblem(null);
    } else
      void save(editing.what === "label" ? { label: text } : { synonyms: [...synonyms, text] });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      settle();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      setEditing(null);
      setProblem(null);
    }
  };
  const input = (name: string) => (
    <Input
      size="small"
      autoFocus
      aria-label={name}
      maxLength={LONGEST}
      value={editing?.text ?? ""}
      status={problem ? "error" : ""}
      onChange={(event) => editing && setEditing({ ...editing, text: event.target.value })}
      onBlur={settle}
      onKeyDown={onKeyDown}
    />
  );
  return (
    <div className="entry">
      <ColourPick
        color={entry.color}
        label={t`“${label}”的颜色`}
        onChange={(color) => void save({ color: serverColour(color) })}
      />
      <span className="entry-name">
        {editing?.what === "label" ? (
          input(t`选项的名称`)
        ) : (
          <button
            type="button"
            title={t`点一下改名`}
            onClick={() => setEditing({ what: "label", text: label })}
          >
            <Chip color={entry.color}>{label}</Chip>
          </button>
        )}
      </span>
      <span className="entry-also">
        {synonyms.length > 0 && <span className="faint">{t`也叫`}</span>}
        {shown.map((word) => (
          <span key={word} className="synonym">
            {word}
            <button
              type="button"
              aria-label={t`“${label}”不再叫“${word}”`}
              onClick={() => void save({ synonyms: synonyms.filter((one) => one !== word) })}
            >
              <CloseOutlined />
            </button>
          </span>
        ))}
        {shown.length < synonyms.length && (
          <button type="button" className="synonym-add" onClick={() => setAll(true)}>
            {t`还有 ${synonyms.length - shown.length} 个`}
          </button>
        )}
        {editing?.what === "synonym" ? (
          input(t`“${label}”也叫什么`)
        ) : (
          <button
            type="button"
            className="synonym-add"
            aria-label={t`“${label}”再加一个叫法`}
            title={t`加一个叫法，导入时也认得`}
            onClick={() => setEditing({ what: "synonym", text: "" })}
          >
            <PlusOutlined /> {synonyms.length === 0 && t`也叫…`}
          </button>
        )}
      </span>
      {!isFixed && (
        <Button
          type="text"
          size="small"
          icon={<StopOutlined />}
          aria-label={t`停用“${label}”`}
          title={t`停用`}
          onClick={onRetire}
        />
      )}
      {problem && (
        <small className="danger entry-problem" role="alert">
          {problem}
        </small>
      )}
    </div>
  );
}
