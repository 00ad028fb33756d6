import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { logFollowUp, undoFollowUp } from "@/api/generated/care";
import { timeline } from "@/api/generated/customers";
import type { FollowUpIn, FollowUpOut } from "@/api/generated/zhike.schemas";
import { ApiProblem, messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { planText } from "@/lib/days";
import { noteBudget } from "@/rooms/care/budget";
import { bodyOf, type FollowUpDraft, isEmptyDraft, isOwnKey } from "@/rooms/care/draft";
import { changeDraft, dropDraft, readDraft } from "@/rooms/care/drafts";
import { holdBack, sendOfDraft, sendOfWaiting } from "@/rooms/care/followUpFiles/chosen";
import { useSending } from "@/rooms/care/followUpFiles/useSending";
import { keep, sendWaiting, useWaiting, type Waiting } from "@/rooms/care/outbox";
import { refreshAround } from "@/rooms/care/queries";
import { isTooOften } from "@/ui/tooOften";
import { useUndo } from "@/ui/undo";

export interface CustomerRef {
  id: number;
  name: string;
}

/** What is wrong, by field; "" holds the sentence that fits no field. */
export type Problems = Record<string, string>;

const RETRY_EVERY = 20_000;

/** Saves the draft of a customer: at once, or once there is a network again. */
export function useLogging(customer: CustomerRef | null, onSaved?: () => void) {
  const { t } = useLingui();
  const me = useMe();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const tellSaved = useTellSaved();
  const sendingTo = useSending();
  const noteTold = useNotingBudget();
  const [isBusy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problems>({});
  const [tooOften, setTooOften] = useState<string | null>(null);

  const send = async (agreed: boolean): Promise<void> => {
    if (!customer || isBusy) return;
    const draft = readDraft(me.id, customer.id);
    if (draft.content.trim() === "") {
      setProblems({ content: t`写一句聊了什么再保存` });
      return;
    }
    const body: FollowUpIn = { ...bodyOf(draft, new Date()), ...(agreed && { agreed }) };
    setBusy(true);
    setProblems({});
    setTooOften(null);
    try {
      const saved = await logFollowUp(customer.id, body);
      sendOfDraft(me.id, customer.id, sendingTo(customer.id, saved.id));
      tellSaved(customer, saved, draft, await noteTold(customer.id, draft.budget));
    } catch (error) {
      if (isTooOften(error)) return setTooOften(error.message);
      if (!(error instanceof ApiProblem && error.isOffline)) return setProblems(problemsOf(error));
      const { id, name } = customer;
      const key = keep(me.id, { customer: { id, name }, body, budget: draft.budget });
      const files = holdBack(me.id, customer.id, key);
      if (files === 0) message.info(t`没有网络，先存在这台设备上，连上自动补记`);
      else message.warning(t`没有网络，先存着，连上自动补记。有附件，连上之前别关这一页`);
    } finally {
      setBusy(false);
    }
    const { content } = readDraft(me.id, customer.id);
    dropDraft(me.id, customer.id);
    const rest = typedOn(draft.content, content);
    if (rest) changeDraft(me.id, customer.id, { content: rest });
    refreshAround(cache, customer.id);
    onSaved?.();
  };
  return {
    save: () => send(false),
    /** After `tooOften`: contacted more than the rules allow, and the customer agreed to it. */
    saveAgreed: () => send(true),
    isBusy,
    problems,
    /** Why once more in this month is too often; null where it is not. */
    tooOften,
  };
}

/** What was typed while it was being saved: it is the beginning of the next one. */
function typedOn(sent: string, now: string): string {
  return now.startsWith(sent) ? now.slice(sent.length).trim() : now;
}

/** Writes the budget told into the file. Where that fails it says so: the follow-up stands. */
function useNotingBudget() {
  const { t } = useLingui();
  const { message } = App.useApp();
  return useCallback(
    (customer: number, budget: string) =>
      noteBudget(customer, budget).catch((error: unknown) => {
        message.warning(t`跟进记下了，预算没写进档案：${messageOf(error)}`);
        return null;
      }),
    [message, t],
  );
}

/** Tells what was saved, when comes next and why, and offers to take it back into the line. */
function useTellSaved() {
  const { t } = useLingui();
  const me = useMe();
  const cache = useQueryClient();
  const offerUndo = useUndo();
  return (
    customer: CustomerRef,
    { id, next, is_late }: FollowUpOut,
    draft: FollowUpDraft,
    takeBudgetBack: (() => Promise<void>) | null,
  ) => {
    const told = [
      next ? t`记下了，${planText(next.on)}再联系` : t`记下了：${customer.name}`,
      next?.why ?? "",
      is_late ? t`记得晚了些，算补记` : "",
    ];
    offerUndo(told.filter(Boolean).join(" · "), async () => {
      await undoFollowUp(id);
      // The sentence is back, whatever becomes of the budget.
      if (isEmptyDraft(readDraft(me.id, customer.id))) changeDraft(me.id, customer.id, draft);
      try {
        await takeBudgetBack?.();
      } finally {
        refreshAround(cache, customer.id);
      }
    });
  };
}

/** Refusals by field name, where the form has a place for them; the others stand above it. */
export function problemsOf(error: unknown): Problems {
  if (!(error instanceof ApiProblem) || error.errors.length === 0) return { "": messageOf(error) };
  const known = new Set(["way", "content", "contacted_on"]);
  const problems: Problems = {};
  for (const { field, message } of error.errors) {
    const isPlaced = known.has(field) || isOwnKey(field);
    const place = field.startsWith("next.") ? "next.on" : isPlaced ? field : "";
    problems[place] = problems[place] ? `${problems[place]} ${message}` : message;
  }
  return problems;
}

/** Sends what waits for the network as soon as there is one; mounted once, in the frame. */
export function useSendWaiting(): void {
  const { t } = useLingui();
  const me = useMe();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const sendingTo = useSending();
  const noteTold = useNotingBudget();
  const count = useWaiting(me.id).filter((one) => one.problem === null).length;
  const isBusy = useRef(false);

  useEffect(() => {
    if (count === 0) return;
    /** What belongs to a follow-up goes after it: its files, and the budget that was told. */
    const sendRest = async ({ key, customer, budget = "" }: Waiting, followUp: number) => {
      sendOfWaiting(key, sendingTo(customer.id, followUp));
      await noteTold(customer.id, budget);
    };
    const send = async (waiting: Waiting) => {
      const { id } = await logFollowUp(waiting.customer.id, waiting.body);
      await sendRest(waiting, id);
    };
    const isThere = async (waiting: Waiting) => {
      const id = await findSent(waiting);
      if (id !== null) await sendRest(waiting, id);
      return id !== null;
    };
    const attempt = async () => {
      if (isBusy.current || !navigator.onLine) return;
      isBusy.current = true;
      try {
        const reached = await alone(() => sendWaiting(me.id, { send, isThere }));
        if (reached.length === 0) return;
        refreshAround(cache, ...new Set(reached));
        message.success(t`补记好了 ${reached.length} 条跟进`);
      } finally {
        isBusy.current = false;
      }
    };
    void attempt();
    window.addEventListener("online", attempt);
    const timer = window.setInterval(attempt, RETRY_EVERY);
    return () => {
      window.removeEventListener("online", attempt);
      window.clearInterval(timer);
    };
  }, [count, me.id, cache, message, sendingTo, noteTold, t]);
}

/** The answer may have been lost after the server had saved: gives the follow-up that is there
 * already. An instant (to the millisecond) tells it; a note that was given only a day is told by
 * its words. */
async function findSent({ customer, body }: Waiting): Promise<number | null> {
  const { items } = await timeline(customer.id, { kind: "follow_up", limit: 20 });
  const found = items.find(({ detail, body: words }) =>
    body.contacted_at
      ? Date.parse(String(detail.contacted_at)) === Date.parse(body.contacted_at)
      : detail.contacted_on === body.contacted_on && words === body.content,
  );
  return typeof found?.record?.id === "number" ? found.record.id : null;
}

/** Only one tab sends at a time. */
async function alone(run: () => Promise<number[]>): Promise<number[]> {
  if (!navigator.locks) return run();
  const sent = await navigator.locks.request("zhike.outbox", { ifAvailable: true }, (lock) =>
    lock ? run() : null,
  );
  return sent ?? [];
}
