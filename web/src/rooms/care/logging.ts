import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useEffect, useRef, useState } from "react";
import { logFollowUp } from "@/api/generated/care";
import { timeline } from "@/api/generated/customers";
import { ApiProblem, messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { planText } from "@/lib/days";
import { bodyOf, isOwnKey } from "@/rooms/care/draft";
import { dropDraft, readDraft } from "@/rooms/care/drafts";
import { keep, sendWaiting, useWaiting, type Waiting } from "@/rooms/care/outbox";
import { refreshAround } from "@/rooms/care/queries";

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
  const [isBusy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problems>({});

  const save = async (): Promise<void> => {
    if (!customer || isBusy) return;
    const draft = readDraft(me.id, customer.id);
    if (draft.content.trim() === "") {
      setProblems({ content: t`写一句聊了什么再保存` });
      return;
    }
    const body = bodyOf(draft, new Date());
    setBusy(true);
    setProblems({});
    try {
      await logFollowUp(customer.id, body);
      message.success(
        body.next ? t`记下了，${planText(body.next.on)}再联系` : t`记下了：${customer.name}`,
      );
    } catch (error) {
      if (!(error instanceof ApiProblem && error.isOffline)) {
        setProblems(problemsOf(error));
        return;
      }
      keep(me.id, { customer: { id: customer.id, name: customer.name }, body });
      message.info(t`没有网络，先存在这台设备上，连上自动补记`);
    } finally {
      setBusy(false);
    }
    dropDraft(me.id, customer.id);
    refreshAround(cache, customer.id);
    onSaved?.();
  };
  return { save, isBusy, problems };
}

/** Refusals by field name; those of the plan and the to-dos stand where they were typed. */
export function problemsOf(error: unknown): Problems {
  if (!(error instanceof ApiProblem) || error.errors.length === 0) return { "": messageOf(error) };
  const known = new Set(["way", "content", "contacted_on", "contact_id", "response"]);
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
  const count = useWaiting(me.id).filter((one) => one.problem === null).length;
  const isBusy = useRef(false);

  useEffect(() => {
    if (count === 0) return;
    const attempt = async () => {
      if (isBusy.current || !navigator.onLine) return;
      isBusy.current = true;
      try {
        const reached = await alone(() => sendWaiting(me.id, { send, isThere }));
        for (const customer of new Set(reached)) refreshAround(cache, customer);
        if (reached.length > 0) message.success(t`补记好了 ${reached.length} 条跟进`);
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
  }, [count, me.id, cache, message, t]);
}

const send = (waiting: Waiting) => logFollowUp(waiting.customer.id, waiting.body);

/** The answer may have been lost after the server had saved. An instant (to the millisecond) tells
 * it; a note that was given only a day is told by its words. */
async function isThere({ customer, body }: Waiting): Promise<boolean> {
  const { items } = await timeline(customer.id, { kind: "follow_up", limit: 20 });
  return items.some(({ detail, body: words }) =>
    body.contacted_at
      ? Date.parse(String(detail.contacted_at)) === Date.parse(body.contacted_at)
      : detail.contacted_on === body.contacted_on && words === body.content,
  );
}

/** Only one tab sends at a time. */
async function alone(run: () => Promise<number[]>): Promise<number[]> {
  if (!navigator.locks) return run();
  const sent = await navigator.locks.request("zhike.outbox", { ifAvailable: true }, (lock) =>
    lock ? run() : null,
  );
  return sent ?? [];
}
