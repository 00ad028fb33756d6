import { DownOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useEffect, useRef, useState } from "react";
import { type FollowUpDraft, hasMore, isOwnKey } from "@/rooms/care/draft";
import {
  ContactPick,
  ContentInput,
  Field,
  ResponsePills,
  WayPills,
  WhenPick,
} from "@/rooms/care/fields";
import type { Problems } from "@/rooms/care/logging";
import { MoreFields } from "@/rooms/care/MoreFields";
import { NextPick } from "@/rooms/care/NextPick";
import type { OwnOnFile } from "@/rooms/care/OwnFields";
import type { Suggestion } from "@/rooms/care/quickLine/useSuggestion";
import { ContentTools } from "@/rooms/care/sheets/ContentTools";
import { gapFrom } from "@/rooms/care/sheets/gaps";
import { useGaps } from "@/rooms/care/sheets/useGaps";
import "@/rooms/care/care.css";
import "@/rooms/care/cadence/nextDays.css";

interface FollowUpFieldsProps {
  customer: number;
  draft: FollowUpDraft;
  change: (part: Partial<FollowUpDraft>) => void;
  problems: Problems;
  onEnter: () => void;
  autoFocus?: boolean;
  isPast?: boolean;
  /** Of a follow-up on file: what its own fields hold beside the draft. */
  own?: OwnOnFile | undefined;
  /** What the cadence says of the next one, and why. */
  suggestion?: Suggestion | null;
}

/** The whole form of a follow-up. Only the first two lines are ever needed. */
export function FollowUpFields(props: FollowUpFieldsProps) {
  const { draft, change, problems, isPast = false } = props;
  const { t } = useLingui();
  const [isMoreOpen, setMoreOpen] = useState(() => isPast || hasMore(draft));
  useEffect(() => {
    if (Object.keys(problems).some(isOwnKey)) setMoreOpen(true);
  }, [problems]);
  const content = useRef<TextAreaRef>(null);
  const gaps = useGaps(() => content.current?.resizableTextArea?.textArea ?? null);
  // A template was chosen in the line: one goes on in its first gap.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only as it opens
  useEffect(() => {
    const gap = props.autoFocus === false ? null : gapFrom(draft.content, 0);
    if (gap) gaps.goTo(gap);
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Tab goes from gap to gap of the content
    <div className="follow-up-fields" onKeyDown={gaps.onKeyDown}>
      {problems[""] && <Alert type="error" role="alert" title={problems[""]} />}
      <Field label={t`方式`} problem={problems.way}>
        <WayPills draft={draft} change={change} />
      </Field>
      <Field label={t`内容`}>
        <ContentInput
          ref={content}
          draft={draft}
          change={change}
          onEnter={props.onEnter}
          autoFocus={props.autoFocus ?? true}
          rows={3}
          problem={problems.content}
        />
        <ContentTools
          customer={props.customer}
          draft={draft}
          change={change}
          onGap={gaps.goTo}
          isPast={isPast}
        />
      </Field>
      <ContactPick draft={draft} change={change} customer={props.customer} />
      <WhenPick
        draft={draft}
        change={change}
        isPast={isPast}
        {...(problems.contacted_on && { problem: problems.contacted_on })}
      />
      <Field label={t`客户响应`}>
        <ResponsePills draft={draft} change={change} />
      </Field>
      {!isPast && (
        <Field label={t`下次跟进`}>
          <NextPick
            value={draft.next}
            onChange={(next) => change({ next })}
            problem={problems["next.on"]}
            suggested={props.suggestion?.plan}
            agreed={props.suggestion?.agreed}
          />
          {draft.next?.byRule && props.suggestion && (
            <p className="why-day">{props.suggestion.why}</p>
          )}
        </Field>
      )}
      {isMoreOpen ? (
        <MoreFields
          customer={props.customer}
          draft={draft}
          change={change}
          isPast={isPast}
          problems={problems}
          own={props.own}
        />
      ) : (
        <Button
          type="link"
          className="flush-link"
          icon={<DownOutlined />}
          onClick={() => setMoreOpen(true)}
        >
          <Trans>更多：反馈、方案、异议、结果、待办</Trans>
        </Button>
      )}
    </div>
  );
}
