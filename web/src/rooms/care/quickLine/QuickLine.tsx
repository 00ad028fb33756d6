import { ExpandAltOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button } from "antd";
import {
  type ClipboardEvent,
  type FocusEvent,
  type KeyboardEvent,
  useEffect,
  useRef,
  useState,
} from "react";
import { useMe } from "@/api/queries";
import { useShortcut } from "@/lib/keys";
import { useIsTouch } from "@/lib/screen";
import { isEmptyDraft, isOwnKey } from "@/rooms/care/draft";
import { useDraft } from "@/rooms/care/drafts";
import { FollowUpFields } from "@/rooms/care/FollowUpFields";
import { Problem } from "@/rooms/care/fields";
import { ChooseFiles, ChosenFiles, useChosenOf } from "@/rooms/care/followUpFiles/ChosenFiles";
import { choose } from "@/rooms/care/followUpFiles/chosen";
import { type CustomerRef, useLogging } from "@/rooms/care/logging";
import { byHand } from "@/rooms/care/quickLine/filling";
import { KeyHint } from "@/rooms/care/quickLine/KeyHint";
import type { Kind } from "@/rooms/care/quickLine/marks";
import { Sentence } from "@/rooms/care/quickLine/Sentence";
import { UnderstoodCard } from "@/rooms/care/quickLine/UnderstoodCard";
import { useUnderstanding } from "@/rooms/care/quickLine/useUnderstanding";
import { ContentTools } from "@/rooms/care/sheets/ContentTools";
import { pastedFiles } from "@/ui/files/useFileDrop";
import { wayIcon } from "@/ui/wayIcons";
import "@/rooms/care/care.css";
import "@/rooms/care/quickLine/quickLine.css";

interface QuickLineProps {
  customer: CustomerRef;
  /** Takes the focus and stands open: it was asked for. */
  isAsked?: boolean;
  /** Something around it is its frame already. */
  isBare?: boolean;
  onSaved?: () => void;
  /** Esc was pressed: put it away. */
  onLeave?: () => void;
}

/** Milliseconds the card must have stood before Enter may save what it says. */
const LOOK = 150;

/** The line in which a follow-up is noted: one sentence, a look at what was understood, Enter. */
export function QuickLine({ customer, isAsked = false, isBare = false, ...on }: QuickLineProps) {
  const { t } = useLingui();
  const me = useMe();
  const isTouch = useIsTouch();
  const { draft, change } = useDraft(me.id, customer.id);
  const { read, isSettled, hurry, marks, question, budgetOnFile, suggestion } = useUnderstanding(
    customer.id,
    draft,
    change,
  );
  const isSeen = useSeen(isSettled ? read : null);
  const [isInUse, setInUse] = useState(isAsked);
  const [isWhole, setWhole] = useState(false);
  const [early, setEarly] = useState<string | null>(null);
  const [lit, setLit] = useState<Kind | null>(null);
  const line = useRef<HTMLTextAreaElement>(null);
  const firstAnswer = useRef<HTMLButtonElement>(null);
  const { save, saveAgreed, isBusy, problems, tooOften } = useLogging(customer, () => {
    setWhole(false);
    setInUse(false);
    line.current?.blur();
    on.onSaved?.();
  });
  useShortcut({
    keys: "f",
    label: t`给眼前这位记跟进`,
    group: t`客户`,
    off: isAsked,
    run: () => line.current?.focus(),
  });
  // What the organisation asks for besides stands in the whole form.
  useEffect(() => {
    if (Object.keys(problems).some(isOwnKey)) setWhole(true);
  }, [problems]);
  const isBlank = isEmptyDraft(draft);
  const hasFiles = useChosenOf(me.id, customer.id).length > 0;
  const isOpen = isInUse || isWhole || !isBlank || hasFiles;
  const isReady = isSettled && (isSeen || draft.content.trim() === "");

  /** Nothing is saved that nobody has seen: what came too early only brings the card. */
  const isLookedAt = () => {
    if (!isSettled) hurry();
    if (isReady) return true;
    setEarly(draft.content);
    return false;
  };
  const onEnter = () => {
    if (!isLookedAt()) return;
    if (question && firstAnswer.current) firstAnswer.current.focus();
    else void save();
  };
  const onLineKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing || isTouch) return;
    if (event.shiftKey || event.ctrlKey || event.metaKey || draft.content.includes("\n")) return;
    event.preventDefault();
    onEnter();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    // What stands beside the line, such as the phrases, has keys of its own.
    if (!event.currentTarget.contains(event.target as Node)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (isLookedAt()) void save();
    } else if (event.key === "Escape") {
      // What was typed stays as a draft; Esc only puts the line away.
      event.stopPropagation();
      setWhole(false);
      setInUse(false);
      line.current?.blur();
      on.onLeave?.();
    }
  };
  /** A picture from the clipboard goes along as a file; cells of a sheet are text and a picture. */
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.types.includes("text/plain")) return;
    const files = pastedFiles(event.nativeEvent);
    if (files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    choose(me.id, customer.id, files);
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    const next = event.relatedTarget;
    const isInside = next instanceof Node && event.currentTarget.contains(next);
    // A click on bare ground or into a calendar has no target inside: only a real leaving closes.
    if (next && !isInside && !(next as HTMLElement).closest(".ant-picker-dropdown, .beside-line"))
      setInUse(false);
  };
  return (
    <section
      className={`composer quick-line ${isOpen ? "is-open" : ""} ${isBare ? "is-bare" : ""}`}
      aria-label={t`记跟进`}
      onFocus={() => setInUse(true)}
      onBlur={onBlur}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    >
      {isWhole ? (
        <FollowUpFields
          customer={customer.id}
          draft={draft}
          change={(part) => change(byHand(draft, part))}
          problems={problems}
          onEnter={onEnter}
          suggestion={suggestion}
        />
      ) : (
        <>
          <div className="composer-line">
            <span className="composer-way" aria-hidden>
              {wayIcon(draft.way)}
            </span>
            <Sentence
              ref={line}
              text={draft.content}
              marks={marks}
              lit={lit}
              onChange={(content) => change({ content })}
              onKeyDown={onLineKey}
              autoFocus={isAsked}
              placeholder={t`一句话记跟进，比如 今天电话聊了报价，下周三再联系`}
              problem={problems.content}
            />
          </div>
          {!isBlank && (
            <UnderstoodCard
              customer={customer.id}
              draft={draft}
              change={change}
              reading={read.reading}
              hasFailed={isSettled && read.hasFailed}
              isReady={isReady}
              budgetOnFile={budgetOnFile}
              suggestion={suggestion}
              question={question}
              problems={problems}
              onLight={setLit}
              onDone={() => line.current?.focus()}
              firstAnswer={firstAnswer}
            />
          )}
          <Problem text={[problems[""], problems.way, problems.contacted_on].find(Boolean)} />
        </>
      )}
      {tooOften && (
        <Alert
          type="warning"
          role="alert"
          title={tooOften}
          action={
            <Button size={isTouch ? "middle" : "small"} loading={isBusy} onClick={saveAgreed}>
              <Trans>客户同意了，照样记</Trans>
            </Button>
          }
        />
      )}
      <ChosenFiles person={me.id} customer={customer.id} />
      {isOpen && (
        <div className="composer-foot">
          <Button
            type="text"
            className="composer-more"
            icon={<ExpandAltOutlined rotate={isWhole ? 180 : 0} />}
            onClick={() => setWhole(!isWhole)}
          >
            {isWhole ? <Trans>收起</Trans> : <Trans>写详细点</Trans>}
          </Button>
          <ChooseFiles person={me.id} customer={customer.id} />
          {!isWhole && (
            <ContentTools
              customer={customer.id}
              draft={draft}
              change={(part) => change(byHand(draft, part))}
              onGap={() => setWhole(true)}
            />
          )}
          {!isTouch && (
            <KeyHint
              isBlank={isBlank}
              isAsking={question !== null}
              isEarly={early === draft.content && !isBlank}
              hasLines={draft.content.includes("\n")}
            />
          )}
          <Button
            type="primary"
            loading={isBusy}
            onClick={() => (isSettled ? save() : isLookedAt())}
          >
            <Trans>记下</Trans>
          </Button>
        </div>
      )}
    </section>
  );
}

/** Has it been on the screen long enough to be looked at? */
function useSeen(thing: unknown): boolean {
  const [seen, setSeen] = useState<unknown>(null);
  useEffect(() => {
    if (thing === null) return;
    const timer = window.setTimeout(() => setSeen(thing), LOOK);
    return () => window.clearTimeout(timer);
  }, [thing]);
  return thing !== null && seen === thing;
}
