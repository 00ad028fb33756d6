import { SearchOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Input } from "antd";
import { type KeyboardEvent, useState } from "react";
import { messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { useDraft } from "@/rooms/care/drafts";
import type { CustomerRef } from "@/rooms/care/logging";
import { nameAt, withoutName } from "@/rooms/care/quickLine/naming";
import { Sentence } from "@/rooms/care/quickLine/Sentence";
import { type Candidate, useCandidates } from "@/rooms/care/quickLine/useCandidates";
import { useReading } from "@/rooms/care/quickLine/useReading";
import { useMarks } from "@/rooms/care/quickLine/useUnderstanding";
import "@/rooms/care/quickLine/quickLine.css";

/** The draft of a line that is about nobody yet. */
export const NOBODY = 0;

interface WhoLineProps {
  /** Whom it is about, and what was said beside the name. */
  onPick: (customer: CustomerRef, said: string) => void;
}

/** The line before it is known whom it is about: the name comes first, the rest of the sentence may
 * stand behind it already. Arrows and Enter choose. */
export function WhoLine({ onPick }: WhoLineProps) {
  const { t } = useLingui();
  const me = useMe();
  const { draft, change } = useDraft(me.id, NOBODY);
  const { read } = useReading(draft.content, null);
  const marks = useMarks(read, draft.content);
  const [asked, setAsked] = useState<string | null>(null);
  const word = asked ?? nameAt(draft.content, marks);
  const { groups, isUnknown, error } = useCandidates(word.trim());
  const lines = groups.flatMap((group) => group.lines);
  const [at, setAt] = useState({ of: "", index: 0 });
  const index = at.of === word ? Math.min(at.index, lines.length - 1) : 0;
  const pick = (one: Candidate | undefined) => {
    if (!one) return;
    const said = asked === null ? withoutName(draft.content, one) : draft.content.trim();
    onPick({ id: one.id, name: one.name }, said);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.shiftKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && lines.length > 0) {
      event.preventDefault();
      setAt({ of: word, index: (index + step + lines.length) % lines.length });
    } else if (event.key === "Enter") {
      event.preventDefault();
      pick(lines[index]);
    }
  };
  const option = (one: Candidate) => {
    const isOn = lines[index] === one;
    return (
      <li key={one.id}>
        <button
          type="button"
          tabIndex={-1}
          className={isOn ? "is-on" : ""}
          aria-current={isOn}
          onPointerMove={() => !isOn && setAt({ of: word, index: lines.indexOf(one) })}
          onClick={() => pick(one)}
        >
          <span>{one.name}</span>
          <span className="faint number">{one.aside}</span>
        </button>
      </li>
    );
  };
  const chosen = lines[index]?.name ?? "";
  return (
    <section className="quick-who" aria-label={t`哪位客户`}>
      <div className="composer-line">
        <span className="composer-way" aria-hidden>
          <SearchOutlined />
        </span>
        <Sentence
          text={draft.content}
          marks={marks}
          lit={null}
          onChange={(content) => change({ content })}
          onKeyDown={onKeyDown}
          autoFocus
          placeholder={t`哪位客户？名字或拼音，接着写聊了什么`}
        />
      </div>
      {asked !== null && (
        <Input
          autoFocus
          aria-label={t`找客户`}
          placeholder={t`名字、拼音、首字母、手机尾号…`}
          value={asked}
          onChange={(event) => setAsked(event.target.value)}
          onKeyDown={onKeyDown}
        />
      )}
      {isUnknown && (
        <p className="pick-none" role="status">
          {error ? messageOf(error) : <Trans>没有找到“{word}”，从这里选，或者换个名字找</Trans>}
        </p>
      )}
      <div className="quick-candidates">
        {groups.map(({ heading, lines: some }) => (
          <div key={heading}>
            {heading && <h3>{heading}</h3>}
            <ul>{some.map(option)}</ul>
          </div>
        ))}
      </div>
      <p className="visually-hidden" role="status">
        {chosen && <Trans>回车选 {chosen}</Trans>}
      </p>
      {asked === null && draft.content.trim() !== "" && (
        <Button type="link" size="small" className="flush-link" onClick={() => setAsked("")}>
          <Trans>另找一位客户</Trans>
        </Button>
      )}
    </section>
  );
}
