import { useLingui } from "@lingui/react/macro";
import { Input } from "antd";
import type { ReactNode } from "react";
import type { FollowUpDraft } from "@/rooms/care/draft";
import { NextNotes } from "@/rooms/care/NextNotes";
import { NextPick } from "@/rooms/care/NextPick";
import { closeOn } from "@/rooms/care/quickLine/ChipEditor";
import type { Suggestion } from "@/rooms/care/quickLine/useSuggestion";

interface NextRowProps {
  draft: FollowUpDraft;
  change: (part: Partial<FollowUpDraft>) => void;
  suggestion: Suggestion | null;
  problem?: string | undefined;
  /** The chip of what is planned, where something is. */
  chip: ReactNode;
  isOpen: boolean;
  onOpen: () => void;
  onClose: () => void;
}

/** 下次: what the sentence says; else the day the cadence suggests and the usual ones, a click each. */
export function NextRow(props: NextRowProps) {
  const { draft, change, isOpen, suggestion } = props;
  const { t } = useLingui();
  const { next } = draft;
  const isUsual = next === null || next.byRule === true;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens for the closing keys
    <div className="ql-plan" onKeyDown={(event) => isOpen && closeOn(event, props.onClose)}>
      {!isUsual && props.chip}
      {(isOpen || isUsual) && (
        <NextPick
          value={next}
          isBrief={!isOpen}
          onChange={(plan) => {
            props.onOpen();
            change({ next: plan });
          }}
          problem={props.problem}
          suggested={suggestion?.plan}
          agreed={suggestion?.agreed}
        />
      )}
      {!isOpen && (
        <NextNotes
          value={next}
          agreed={suggestion?.agreed}
          onChange={(plan) => change({ next: plan })}
        />
      )}
      {next?.byRule && suggestion && <p className="ql-note">{suggestion.why}</p>}
      {isOpen && next && (
        <Input
          className="ql-time"
          type="time"
          aria-label={t`下次几点`}
          value={next.time}
          onChange={(event) => change({ next: { ...next, time: event.target.value } })}
        />
      )}
    </div>
  );
}
