import { useLingui } from "@lingui/react/macro";
import { Input, Select } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { type KeyboardEvent, type ReactNode, type Ref, useId, useState } from "react";
import { useDictionary } from "@/api/fields";
import { addDays, today } from "@/lib/days";
import { useIsTouch } from "@/lib/screen";
import { useIsLong } from "@/rooms/care/cadence/useIsLong";
import type { FollowUpDraft } from "@/rooms/care/draft";
import { useContactsOf } from "@/rooms/care/queries";
import { DayInput } from "@/ui/DayInput";
import { Pills } from "@/ui/Pills";
import { wayIcon } from "@/ui/wayIcons";

interface FieldProps {
  draft: FollowUpDraft;
  change: (part: Partial<FollowUpDraft>) => void;
}

/** A label over a control, and what is wrong with it under it. */
export function Field(props: { label: string; problem?: string | undefined; children: ReactNode }) {
  return (
    <div className="field">
      <span className="field-label">{props.label}</span>
      {props.children}
      <Problem text={props.problem} />
    </div>
  );
}

export function Problem({ text }: { text: string | undefined }) {
  return text ? (
    <p className="field-problem" role="alert">
      {text}
    </p>
  ) : null;
}

export function WayPills({ draft, change }: FieldProps) {
  const { t } = useLingui();
  const ways = useDictionary("way");
  return (
    <Pills
      label={t`方式`}
      value={draft.way}
      options={ways.map(({ value, label }) => ({ value, label, icon: wayIcon(value) }))}
      onChange={(way) => way && change({ way })}
    />
  );
}

export function ResponsePills({ draft, change }: FieldProps) {
  const { t } = useLingui();
  const responses = useDictionary("response");
  return (
    <Pills
      label={t`客户响应`}
      value={draft.response}
      options={responses.map(({ value, label }) => ({ value, label }))}
      onChange={(response) => change({ response })}
      mayClear
    />
  );
}

interface ContentInputProps extends FieldProps {
  /** Enter was pressed: save. */
  onEnter: () => void;
  placeholder?: string;
  autoFocus?: boolean;
  rows?: number;
  problem?: string | undefined;
  ref?: Ref<TextAreaRef>;
}

/** What was talked about. Enter saves one sentence; Shift+Enter begins a new line, after which
 * Enter goes on writing, too. On a touch screen Enter only ever makes a line. */
export function ContentInput(props: ContentInputProps) {
  const { draft, change, onEnter, rows = 1 } = props;
  const { t } = useLingui();
  const isTouch = useIsTouch();
  const hint = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing || isTouch) return;
    if (event.shiftKey || event.ctrlKey || event.metaKey || draft.content.includes("\n")) return;
    event.preventDefault();
    onEnter();
  };
  const length = draft.content.trim().length;
  const isLong = useIsLong(length);
  return (
    <>
      <Input.TextArea
        ref={props.ref ?? null}
        aria-label={t`跟进内容`}
        aria-describedby={hint}
        autoFocus={props.autoFocus}
        autoSize={{ minRows: rows, maxRows: 12 }}
        value={draft.content}
        status={props.problem ? "error" : ""}
        placeholder={props.placeholder ?? t`聊了什么？一句话就行`}
        onChange={(event) => change({ content: event.target.value })}
        onKeyDown={onKeyDown}
      />
      <Problem text={props.problem} />
      <p className="field-hint" id={hint} hidden={!isLong}>
        {t`写了 ${length} 个字，有点长：要点写在最前面，结果、异议分开记在下面，以后好找`}
      </p>
    </>
  );
}

export function ContactPick({ draft, change, customer }: FieldProps & { customer: number }) {
  const { t } = useLingui();
  const contacts = useContactsOf(customer);
  if (contacts.length < 2) return null;
  return (
    <Field label={t`和谁聊的`}>
      <Select
        aria-label={t`和谁聊的`}
        allowClear
        placeholder={t`不写也行`}
        value={draft.contactId}
        onChange={(contactId: number | undefined) => change({ contactId: contactId ?? null })}
        options={contacts.map(({ id, name, title }) => ({
          value: id,
          label: [name, title].filter(Boolean).join(" "),
        }))}
      />
    </Field>
  );
}

/** When it was: now unless said otherwise. Of a past one, the hour stays where the day does. */
export function WhenPick(props: FieldProps & { problem?: string; isPast?: boolean }) {
  const { draft, change, problem, isPast = false } = props;
  const { t } = useLingui();
  const [isOther, setOther] = useState(false);
  const now = today();
  const yesterday = addDays(now, -1);
  const before = addDays(now, -2);
  const near: Record<string, string> = {
    [now]: "now",
    [yesterday]: "yesterday",
    [before]: "before",
  };
  const undated = isPast ? null : "now";
  const shown = isOther ? "other" : draft.on === null ? undated : (near[draft.on] ?? "other");
  return (
    <Field label={t`什么时候`} problem={problem}>
      <Pills
        label={t`什么时候`}
        value={shown}
        options={[
          { value: "now", label: isPast ? t`今天` : t`刚刚` },
          { value: "yesterday", label: t`昨天` },
          { value: "before", label: t`前天` },
          { value: "other", label: t`其他日子` },
        ]}
        onChange={(when) => {
          setOther(when === "other");
          if (when === "now") change({ on: isPast ? now : null });
          if (when === "yesterday") change({ on: yesterday });
          if (when === "before") change({ on: before });
        }}
      >
        {shown === "other" && (
          <span className="pick-day">
            <DayInput
              aria-label={t`跟进的日子`}
              autoFocus={isOther}
              quick="back"
              value={draft.on}
              onChange={(on) => change({ on })}
            />
          </span>
        )}
      </Pills>
    </Field>
  );
}
