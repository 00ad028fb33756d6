import { SearchOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Input } from "antd";
import { type KeyboardEvent, useEffect, useState } from "react";
import { useMe } from "@/api/queries";
import { useDraft } from "@/rooms/care/drafts";
import type { CustomerRef } from "@/rooms/care/logging";
import type { Candidate } from "@/rooms/care/quickLine/matching";
import { withoutName } from "@/rooms/care/quickLine/naming";
import { Sentence } from "@/rooms/care/quickLine/Sentence";
import { useCandidates } from "@/rooms/care/quickLine/useCandidates";
import { useNamings } from "@/rooms/care/quickLine/useNamings";
import { WhoQuestion } from "@/rooms/care/quickLine/WhoQuestion";
import "@/rooms/care/quickLine/quickLine.css";

/** The draft of a line that is about nobody yet. */
export const NOBODY = 0;

interface WhoLineProps {
  /** Whom it is about, and what was said beside the name. */
  onPick: (customer: CustomerRef, said: string) => void;
}

/** The line before it is known whom it is about. The sentence may name the customer anywhere; Enter
 * takes whoever it surely names, the arrows or a click anybody else. */
export function WhoLine({ onPick }: WhoLineProps) {
  const { t } = useLingui();
  const me = useMe();
  const { draft, change } = useDraft(me.id, NOBODY);
  const [asked, setAsked] = useState<string | null>(null);
  const { namings, marks, isRead } = useNamings(draft.content, asked);
  const typed = (asked ?? draft.content).trim();
  const found = useCandidates(typed, namings);
  const isSettled = isRead && found.isSettled;
  const lines = found.groups.flatMap(({ lines: some }) => some);
  const [moved, setMoved] = useState({ of: "", id: 0 });
  const byHand = moved.of === typed ? lines.find(({ id }) => id === moved.id) : undefined;
  const chosen = byHand ?? (isSettled ? (found.sure ?? undefined) : undefined);
  // Enter came before it was known whom the words mean: it counts once that is known.
  const [hasty, setHasty] = useState<string | null>(null);
  const pick = (one: Candidate) => {
    const said = asked === null ? withoutName(draft.content, one) : draft.content.trim();
    onPick({ id: one.id, name: one.name }, said);
  };
  useEffect(() => {
    if (hasty === null || (hasty === typed && !isSettled)) return;
    setHasty(null);
    if (hasty === typed && chosen) pick(chosen);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.shiftKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && lines.length > 0) {
      event.preventDefault();
      const next = stepped(chosen ? lines.indexOf(chosen) : -1, step, lines.length);
      setMoved({ of: typed, id: lines[next]?.id ?? 0 });
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (chosen) pick(chosen);
      else if (typed !== "") setHasty(typed);
    }
  };
  const option = (one: Candidate) => (
    <li key={one.id}>
      <button
        type="button"
        tabIndex={-1}
        className={one === chosen ? "is-on" : ""}
        aria-current={one === chosen}
        onClick={() => pick(one)}
      >
        <span>{one.name}</span>
        <span className="faint number">{one.aside}</span>
      </button>
    </li>
  );
  const name = chosen?.name ?? "";
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
      {typed !== "" && isSettled && !chosen && <WhoQuestion {...found} word={typed} />}
      <div className="quick-candidates">
        {found.groups.map(({ heading, lines: some }) => (
          <div key={heading}>
            {heading && <h3>{heading}</h3>}
            <ul>{some.map(option)}</ul>
          </div>
        ))}
      </div>
      <p className="visually-hidden" role="status">
        {name && <Trans>回车选 {name}</Trans>}
      </p>
      {asked === null && draft.content.trim() !== "" && (
        <Button type="link" size="small" className="flush-link" onClick={() => setAsked("")}>
          <Trans>另找一位客户</Trans>
        </Button>
      )}
    </section>
  );
}

/** One line on or back, round the ends; from nowhere to the first or the last. */
function stepped(index: number, step: number, length: number): number {
  if (index === -1) return step > 0 ? 0 : length - 1;
  return (index + step + length) % length;
}
