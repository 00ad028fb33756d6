import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef } from "react";
import { useIsLong } from "@/rooms/care/cadence/useIsLong";
import { Problem } from "@/rooms/care/fields";
import { type Kind, type Mark, piecesOf } from "@/rooms/care/quickLine/marks";

interface SentenceProps {
  text: string;
  marks: Mark[];
  /** What the chip under the pointer or the keyboard tells of: its words stand out. */
  lit: Kind | null;
  onChange: (text: string) => void;
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  placeholder: string;
  autoFocus?: boolean;
  problem?: string | undefined;
  ref?: Ref<HTMLTextAreaElement>;
}

/** The line one types in, with what was understood coloured beneath the words. It grows to four
 * rows; what is longer scrolls. */
export function Sentence(props: SentenceProps) {
  const { text, marks, lit } = props;
  const { t } = useLingui();
  const field = useRef<HTMLTextAreaElement>(null);
  const under = useRef<HTMLDivElement>(null);
  const hint = useId();
  useImperativeHandle(props.ref, () => field.current as HTMLTextAreaElement);
  const isAsked = props.autoFocus ?? false;
  useEffect(() => {
    const line = field.current;
    if (!isAsked || !line) return;
    line.focus();
    line.setSelectionRange(line.value.length, line.value.length);
  }, [isAsked]);
  // The colours lie beneath the words, wherever these were scrolled to.
  const follow = () => {
    if (under.current && field.current) under.current.scrollTop = field.current.scrollTop;
  };
  useEffect(follow);
  const length = text.trim().length;
  const isLong = useIsLong(length);
  let place = 0;
  return (
    <div className="ql-sentence-field">
      <div className={`ql-sentence ${props.problem ? "is-wrong" : ""}`}>
        <div className="ql-under" ref={under} aria-hidden>
          {piecesOf(text, marks).map((piece) => {
            const at = place;
            place += piece.text.length;
            if (piece.kind === null) return piece.text;
            return (
              <span
                key={at}
                className={`ql-mark ql-${piece.kind} ${piece.kind === lit ? "is-lit" : ""}`}
              >
                {piece.text}
              </span>
            );
          })}
          {"\u200b"}
        </div>
        <textarea
          ref={field}
          aria-label={t`跟进内容`}
          aria-describedby={hint}
          aria-invalid={props.problem !== undefined}
          rows={1}
          value={text}
          placeholder={props.placeholder}
          autoComplete="off"
          onChange={(event) => props.onChange(event.target.value)}
          onKeyDown={props.onKeyDown}
          onScroll={follow}
        />
      </div>
      <Problem text={props.problem} />
      <p className="field-hint" id={hint} hidden={!isLong}>
        {t`写了 ${length} 个字，有点长：要点写在最前面，结果、异议分开记在“写详细点”里，以后好找`}
      </p>
    </div>
  );
}
