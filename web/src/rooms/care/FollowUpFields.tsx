import { DownOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button } from "antd";
import { useEffect, useState } from "react";
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
import "@/rooms/care/care.css";

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
}

/** The whole form of a follow-up. Only the first two lines are ever needed. */
export function FollowUpFields(props: FollowUpFieldsProps) {
  const { draft, change, problems, isPast = false } = props;
  const { t } = useLingui();
  const [isMoreOpen, setMoreOpen] = useState(() => isPast || hasMore(draft));
  useEffect(() => {
    if (Object.keys(problems).some(isOwnKey)) setMoreOpen(true);
  }, [problems]);
  return (
    <div className="follow-up-fields">
      {problems[""] && <Alert type="error" role="alert" title={problems[""]} />}
      <Field label={t`方式`} problem={problems.way}>
        <WayPills draft={draft} change={change} />
      </Field>
      <Field label={t`内容`}>
        <ContentInput
          draft={draft}
          change={change}
          onEnter={props.onEnter}
          autoFocus={props.autoFocus ?? true}
          rows={3}
          problem={problems.content}
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
          />
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
