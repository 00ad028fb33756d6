import { Trans, useLingui } from "@lingui/react/macro";
import { type Ref, useState } from "react";
import type { UnderstoodOut } from "@/api/generated/zhike.schemas";
import type { Day } from "@/lib/days";
import type { FollowUpDraft } from "@/rooms/care/draft";
import type { Problems } from "@/rooms/care/logging";
import { UnderstoodChip } from "@/rooms/care/quickLine/Chip";
import { ChipEditor } from "@/rooms/care/quickLine/ChipEditor";
import { byHand, nextOf } from "@/rooms/care/quickLine/filling";
import type { Kind } from "@/rooms/care/quickLine/marks";
import { NextRow } from "@/rooms/care/quickLine/NextRow";
import { Question } from "@/rooms/care/quickLine/Question";
import { type ChipSpec, type EditorName, useChips } from "@/rooms/care/quickLine/useChips";
import type { Suggestion } from "@/rooms/care/quickLine/useSuggestion";

interface UnderstoodCardProps {
  customer: number;
  draft: FollowUpDraft;
  change: (part: Partial<FollowUpDraft>) => void;
  reading: UnderstoodOut | null;
  hasFailed: boolean;
  /** It tells of the whole sentence as it stands, and has been there to be looked at. */
  isReady: boolean;
  budgetOnFile: string | null;
  suggestion: Suggestion | null;
  /** The word that leaves the next day open. */
  question: string | null;
  problems: Problems;
  onLight: (kind: Kind | null) => void;
  /** An editor was closed, a question answered: back to the sentence. */
  onDone: () => void;
  firstAnswer: Ref<HTMLButtonElement>;
}

/** What was understood, to be looked at before it is saved: chips to change or take away, and what
 * the sentence leaves open. */
export function UnderstoodCard(props: UnderstoodCardProps) {
  const { customer, draft, reading, question, problems } = props;
  const { t } = useLingui();
  const [open, setOpen] = useState<EditorName | null>(null);
  const rows = useChips(customer, draft, reading, props.budgetOnFile);
  const change = (part: Partial<FollowUpDraft>) => props.change(byHand(draft, part));
  const close = () => {
    setOpen(null);
    props.onDone();
  };
  const chip = (spec: ChipSpec) => {
    const { name, without, ...rest } = spec;
    return (
      <UnderstoodChip
        key={name}
        {...rest}
        isOpen={open === name}
        onOpen={() => (open === name ? close() : setOpen(name))}
        onLight={props.onLight}
        {...(without && {
          onRemove: () => {
            props.onLight(null);
            change(without);
            close();
          },
        })}
      />
    );
  };
  const editor = (of: ChipSpec[]) =>
    open !== null &&
    open !== "next" &&
    of.some(({ name }) => name === open) && (
      <ChipEditor
        key={open}
        name={open}
        customer={customer}
        draft={draft}
        change={change}
        onClose={close}
      />
    );
  const answer = (on: Day | null) => {
    if (!question) return;
    const answered = { ...draft, answer: { word: question, on } };
    props.change({ answer: answered.answer, next: nextOf(answered, reading) });
    props.onDone();
  };
  return (
    <section className="ql-card" aria-label={t`看懂的内容`} aria-busy={!props.isReady}>
      {props.hasFailed && (
        <p className="ql-note" role="status">
          <Trans>这会儿读不懂句子，会照原话记下</Trans>
        </p>
      )}
      <div className="ql-row">
        <span className="ql-row-label">{rows.past.label}</span>
        <div className="ql-chips">{rows.past.chips.map(chip)}</div>
        {editor(rows.past.chips)}
      </div>
      {question && (
        <Question key={question} word={question} onAnswer={answer} ref={props.firstAnswer} />
      )}
      {!question && (
        <div className="ql-row">
          <span className="ql-row-label">{rows.next.label}</span>
          <NextRow
            draft={draft}
            change={change}
            suggestion={props.suggestion}
            problem={problems["next.on"]}
            chip={rows.next.chips.map(chip)}
            isOpen={open === "next"}
            onOpen={() => setOpen("next")}
            onClose={close}
          />
        </div>
      )}
      {rows.todos.chips.length > 0 && (
        <div className="ql-row">
          <span className="ql-row-label">{rows.todos.label}</span>
          <div className="ql-chips">{rows.todos.chips.map(chip)}</div>
          {editor(rows.todos.chips)}
        </div>
      )}
    </section>
  );
}
