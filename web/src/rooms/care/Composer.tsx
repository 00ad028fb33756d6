import { ExpandAltOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useMe } from "@/api/queries";
import { useShortcut } from "@/lib/keys";
import { isEmptyDraft, isOwnKey } from "@/rooms/care/draft";
import { useDraft } from "@/rooms/care/drafts";
import { FollowUpFields } from "@/rooms/care/FollowUpFields";
import { ContentInput, Problem, WayPills } from "@/rooms/care/fields";
import { type CustomerRef, useLogging } from "@/rooms/care/logging";
import { NextPick } from "@/rooms/care/NextPick";
import { wayIcon } from "@/ui/wayIcons";
import "@/rooms/care/care.css";

interface ComposerProps {
  customer: CustomerRef;
  /** Takes the focus and stands open: it was asked for. */
  isAsked?: boolean;
  onSaved?: () => void;
  /** Esc was pressed: put it away. */
  onLeave?: () => void;
}

/** The line in which a follow-up is noted: way, a sentence, Enter. It opens up while in use, and
 * into the whole form where more has to be said. */
export function Composer({ customer, isAsked = false, onSaved, onLeave }: ComposerProps) {
  const { t } = useLingui();
  const me = useMe();
  const { draft, change } = useDraft(me.id, customer.id);
  const [isInUse, setInUse] = useState(isAsked);
  const [isWhole, setWhole] = useState(false);
  const input = useRef<TextAreaRef>(null);
  const { save, isBusy, problems } = useLogging(customer, () => {
    setWhole(false);
    setInUse(false);
    input.current?.blur();
    onSaved?.();
  });
  useShortcut({
    keys: "f",
    label: t`给眼前这位记跟进`,
    group: t`客户`,
    off: isAsked,
    run: () => input.current?.focus(),
  });
  // What the organisation asks for besides stands in the whole form.
  useEffect(() => {
    if (Object.keys(problems).some(isOwnKey)) setWhole(true);
  }, [problems]);
  const isOpen = isInUse || isWhole || !isEmptyDraft(draft);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    } else if (event.key === "Escape") {
      // What was typed stays as a draft; Esc only puts the line away.
      event.stopPropagation();
      setWhole(false);
      setInUse(false);
      input.current?.blur();
      onLeave?.();
    }
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    const next = event.relatedTarget;
    const isInside = next instanceof Node && event.currentTarget.contains(next);
    // A click on bare ground or into a calendar has no target inside: only a real leaving closes.
    if (next && !isInside && !(next as HTMLElement).closest(".ant-picker-dropdown"))
      setInUse(false);
  };
  return (
    <section
      className={`composer ${isOpen ? "is-open" : ""}`}
      aria-label={t`记跟进`}
      onFocus={() => setInUse(true)}
      onBlur={onBlur}
      onKeyDown={onKeyDown}
    >
      {isWhole ? (
        <FollowUpFields
          customer={customer.id}
          draft={draft}
          change={change}
          problems={problems}
          onEnter={save}
        />
      ) : (
        <>
          <div className="composer-line">
            <span className="composer-way" aria-hidden>
              {wayIcon(draft.way)}
            </span>
            <ContentInput
              ref={input}
              draft={draft}
              change={change}
              onEnter={save}
              autoFocus={isAsked}
              placeholder={t`刚聊了什么？写一句，回车就记下`}
              problem={problems.content}
            />
          </div>
          {isOpen && (
            <>
              <WayPills draft={draft} change={change} />
              <div className="composer-next">
                <span className="field-label">
                  <Trans>下次</Trans>
                </span>
                <NextPick
                  value={draft.next}
                  onChange={(next) => change({ next })}
                  problem={problems["next.on"]}
                />
              </div>
              <Problem text={problems[""] ?? problems.way} />
            </>
          )}
        </>
      )}
      {isOpen && (
        <div className="composer-foot">
          {!isWhole && (
            <Button
              type="text"
              className="composer-more"
              icon={<ExpandAltOutlined />}
              onClick={() => setWhole(true)}
            >
              <Trans>写详细点</Trans>
            </Button>
          )}
          <span className="composer-hint">
            <Trans>回车保存，Shift+回车换行</Trans>
          </span>
          {isWhole && (
            <Button onClick={() => setWhole(false)}>
              <Trans>收起</Trans>
            </Button>
          )}
          <Button type="primary" loading={isBusy} onClick={save}>
            <Trans>记下</Trans>
          </Button>
        </div>
      )}
    </section>
  );
}
