import type { UnderstoodOut } from "@/api/generated/zhike.schemas";
import type { Choice } from "@/api/types";
import { addDays, type Day, today } from "@/lib/days";
import { moneyText } from "@/lib/money";
import type { FollowUpDraft, NextPlan } from "@/rooms/care/draft";

/** What a sentence is read against. */
export interface Known {
  ways: Choice[];
  responses: Choice[];
  colleagues: { id: number; name: string }[];
  /** The way where the sentence tells none: the one used last. */
  usualWay: string;
  /** May the customer's budget be changed by this person? */
  mayBudget: boolean;
  /** What the cadence plans by itself where nothing else is told. */
  planned: NextPlan | null;
}

/** What reading fills in. What was chosen by hand stays, whatever the sentence says. */
export const READ = [
  "on",
  "way",
  "contactId",
  "person",
  "response",
  "feedback",
  "result",
  "budget",
  "next",
  "todos",
] as const;
type Read = (typeof READ)[number];

/** The ways as the server reads them, where the organisation has renamed its own. */
const WAYS: Readonly<Record<string, string>> = {
  电话: "phone",
  拜访: "visit",
  邮件: "email",
  活动: "event",
  线上会议: "meeting",
  社交媒体: "social",
  企业微信: "wecom",
  微信: "wecom",
};

const NEED = "需求：";
const AMOUNT = "金额：";
const YUAN = 100; // fen

/** The draft as the sentence has it; without a reading, as it is before anything is known. */
export function filled(
  draft: FollowUpDraft,
  reading: UnderstoodOut | null,
  known: Known,
): Partial<FollowUpDraft> {
  const found: Pick<FollowUpDraft, Read> = {
    on: reading?.date ?? null,
    way: wayOf(reading?.way ?? null, known.ways) ?? known.usualWay,
    contactId: reading?.contact_id ?? null,
    person: reading?.person ?? null,
    response: known.responses.find(({ value }) => value === reading?.response)?.value ?? null,
    feedback: reading?.need ? `${NEED}${reading.need}` : "",
    result: amountOf(amountsText(reading, known)),
    budget: known.mayBudget ? budgetText(reading?.budget ?? null) : "",
    next: nextOf(draft, reading) ?? plannedOf(draft, reading, known),
    todos: todosOf(reading, known),
  };
  const left = READ.filter((name) => !draft.byHand.includes(name));
  return Object.fromEntries(left.map((name) => [name, found[name]]));
}

/** A part of the draft as a hand has chosen it: reading the sentence again leaves it alone. */
export function byHand(draft: FollowUpDraft, part: Partial<FollowUpDraft>): Partial<FollowUpDraft> {
  const names = READ.filter((name) => name in part);
  return { ...part, byHand: [...new Set([...(part.byHand ?? draft.byHand), ...names])] };
}

/** The word that leaves the next day open and was neither answered nor put aside. */
export function openQuestion(draft: FollowUpDraft, reading: UnderstoodOut | null): string | null {
  if (!reading?.vague || draft.next || draft.byHand.includes("next")) return null;
  return draft.answer?.word === reading.vague ? null : reading.vague;
}

/** The need as the chip shows it, without the word that stands before it in the record. */
export function needText(feedback: string): string {
  return feedback.startsWith(NEED) ? feedback.slice(NEED.length) : feedback;
}

export function needOf(text: string): string {
  return text.trim() ? `${NEED}${text}` : "";
}

/** The amounts as the chip shows them, without the word that stands before them in the record. */
export function amountText(result: string): string {
  return result.startsWith(AMOUNT) ? result.slice(AMOUNT.length) : result;
}

export function amountOf(text: string): string {
  return text.trim() ? `${AMOUNT}${text}` : "";
}

/** What was talked of beside the budget: 12.8万、5,000. */
function amountsText(reading: UnderstoodOut | null, known: Known): string {
  const ends = (known.mayBudget && reading?.budget) || [];
  const amounts = (reading?.amounts ?? []).filter((one) => !ends.includes(one));
  return [...new Set(amounts)].map((yuan) => moneyText(Math.round(yuan * YUAN))).join("、");
}

/** A budget as people write it: 50万, 30万–50万, 50万以内, 50万以上. */
export function budgetText(budget: (number | null)[] | null): string {
  const [low, high] = (budget ?? []).map((end) =>
    end === null ? "" : moneyText(Math.round(end * YUAN)),
  );
  if (low && high) return low === high ? low : `${low}–${high}`;
  if (high) return `${high}以内`;
  return low ? `${low}以上` : "";
}

function wayOf(label: string | null, ways: Choice[]): string | null {
  if (!label) return null;
  const found =
    ways.find((one) => one.label === label) ?? ways.find(({ value }) => value === WAYS[label]);
  return found?.value ?? null;
}

/** The plan a sentence tells, or the answer to what it leaves open. */
export function nextOf(draft: FollowUpDraft, reading: UnderstoodOut | null): FollowUpDraft["next"] {
  if (!reading) return null;
  const answered = draft.answer && draft.answer.word === reading.vague ? draft.answer.on : null;
  const on: Day | null = reading.next_date ?? answered;
  if (!on) return null;
  const time = reading.next_time ?? "";
  return { on, time, matter: reading.next_matter ?? "", materials: "" };
}

/** A day that is left open on purpose, or still asked for, is not filled by the cadence. */
function plannedOf(draft: FollowUpDraft, reading: UnderstoodOut | null, known: Known) {
  return draft.content.trim() === "" || reading?.vague ? null : known.planned;
}

function todosOf(reading: UnderstoodOut | null, known: Known): FollowUpDraft["todos"] {
  return (reading?.todos ?? []).map(({ title, due, who }) => {
    const colleague = who ? colleagueOf(who, known.colleagues) : null;
    return {
      title: who && !colleague ? `${who}：${title}` : title,
      due_on: due ?? addDays(today(), 1),
      ...(colleague && { assignee_id: colleague.id }),
    };
  });
}

/** 李雷, or 小李 and 老李 where only one of them is named 李. */
function colleagueOf(who: string, colleagues: Known["colleagues"]): Known["colleagues"][0] | null {
  const named = colleagues.filter(({ name }) => name === who);
  const called = /^[小老](.)$/.exec(who)?.[1];
  const found =
    named.length > 0 || !called ? named : colleagues.filter(({ name }) => name.startsWith(called));
  return found.length === 1 ? (found[0] ?? null) : null;
}
