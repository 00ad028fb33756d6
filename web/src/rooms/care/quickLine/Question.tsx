import { QuestionCircleOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type Ref, useState } from "react";
import { type Day, planText } from "@/lib/days";
import { answersTo, firstDayPhrase } from "@/rooms/care/quickLine/answers";
import { understood } from "@/rooms/care/quickLine/useReading";
import { DayInput } from "@/ui/DayInput";

interface QuestionProps {
  /** The word that leaves the day open: 节后. */
  word: string;
  /** null: the day stays open. */
  onAnswer: (day: Day | null) => void;
  /** The first answer, for the keyboard to go to. */
  ref?: Ref<HTMLButtonElement>;
}

/** What the sentence leaves open, asked where it stands; an answer is one click. */
export function Question({ word, onAnswer, ref }: QuestionProps) {
  const { t } = useLingui();
  const [isOther, setOther] = useState(false);
  const phrase = firstDayPhrase(word);
  const { data: firstDay, isPending } = useQuery({
    queryKey: ["first-day-after", phrase],
    queryFn: async ({ signal }) =>
      (await understood(phrase ?? "", null, signal))?.next_date ?? null,
    enabled: phrase !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const question = t`“${word}”具体是哪天？`;
  const days = phrase !== null && isPending ? [] : answersTo(word, firstDay ?? null);
  return (
    <fieldset className="ql-question">
      <legend className="visually-hidden">{question}</legend>
      <span className="ql-question-text" aria-hidden>
        <QuestionCircleOutlined /> {question}
      </span>
      <span className="ql-answers">
        {days.map((day, at) => (
          <button
            key={day}
            type="button"
            className="pill"
            ref={at === 0 ? ref : undefined}
            onClick={() => onAnswer(day)}
          >
            {planText(day)}
          </button>
        ))}
        {isOther ? (
          <span className="pick-day">
            <DayInput
              aria-label={t`下次跟进的日子`}
              autoFocus
              quick="ahead"
              onChange={(day) => day && onAnswer(day)}
            />
          </span>
        ) : (
          <button type="button" className="pill" onClick={() => setOther(true)}>
            <Trans>其他日子</Trans>
          </button>
        )}
        <button type="button" className="pill" onClick={() => onAnswer(null)}>
          <Trans>先不定</Trans>
        </button>
      </span>
    </fieldset>
  );
}
