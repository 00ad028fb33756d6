import type { FieldJson } from "@/api/fields";
import type { FollowUpIn } from "@/api/generated/zhike.schemas";
import { addDays, type Day, monthLater, today, weekStart } from "@/lib/days";
import { Workdays } from "@/lib/workdays";

/** A follow-up while it is being written: what the form shows and the browser remembers. */
export interface FollowUpDraft {
  way: string;
  content: string;
  contactId: number | null;
  /** The person the sentence names, who may not be on file. */
  person: string | null;
  /** The day of the contact; null is "just now". */
  on: Day | null;
  feedback: string;
  solution: string;
  response: string | null;
  objection: string;
  result: string;
  next: NextPlan | null;
  todos: { title: string; due_on: Day; assignee_id?: number }[];
  /** The customer's budget as told this time (50万): it goes into the file, not into the record. */
  budget: string;
  /** What was answered to the word that left the next day open; no day where it stays open. */
  answer: { word: string; on: Day | null } | null;
  /** What was chosen by hand, by name: reading the sentence again leaves it alone. */
  byHand: string[];
  /** The fields the organisation added to follow-ups, by their keys; emptied ones are not here. */
  custom: Record<string, FieldJson>;
}

export interface NextPlan {
  on: Day;
  time: string;
  matter: string;
  materials: string;
  /** The day the cadence suggests: the plan keeps the rule and its reason. */
  byRule?: boolean;
}

/** From how many characters on a note is better split into content, feedback and result. */
export const LONG_CONTENT = 200;

export function emptyDraft(way: string): FollowUpDraft {
  return {
    way,
    content: "",
    contactId: null,
    person: null,
    on: null,
    feedback: "",
    solution: "",
    response: null,
    objection: "",
    result: "",
    next: null,
    todos: [],
    budget: "",
    answer: null,
    byHand: [],
    custom: {},
  };
}

/** Nothing worth keeping was written: the way alone is a habit, not a draft. */
export function isEmptyDraft(draft: FollowUpDraft): boolean {
  const texts = [draft.content, draft.feedback, draft.solution, draft.objection, draft.result];
  return (
    texts.every((text) => text.trim() === "") &&
    draft.next === null &&
    draft.response === null &&
    Object.keys(draft.custom).length === 0 &&
    draft.todos.every((todo) => todo.title.trim() === "")
  );
}

/** Is anything said that stands behind 更多? Then it must not be folded away. */
export function hasMore(draft: FollowUpDraft): boolean {
  const texts = [draft.feedback, draft.solution, draft.objection, draft.result];
  return (
    texts.some((text) => text.trim() !== "") ||
    draft.todos.length > 0 ||
    Object.keys(draft.custom).length > 0
  );
}

/** The draft as the server takes it. The instant is fixed here, so that a note that waits for the
 * network keeps the time it was written, and can be recognised when it did arrive. */
export function bodyOf(draft: FollowUpDraft, now: Date): FollowUpIn {
  const { next } = draft;
  return {
    way: draft.way,
    content: draft.content.trim(),
    ...(draft.on && draft.on !== today(now)
      ? { contacted_on: draft.on }
      : { contacted_at: now.toISOString() }),
    ...(draft.contactId !== null && { contact_id: draft.contactId }),
    ...(draft.response && { response: draft.response }),
    ...(Object.keys(draft.custom).length > 0 && { custom: draft.custom }),
    ...filled({
      customer_feedback: draft.feedback,
      solution: draft.solution,
      objection: draft.objection,
      result: draft.result,
    }),
    ...(next && {
      next: {
        on: next.on,
        ...(next.time && { time: next.time }),
        ...filled({ matter: next.matter, materials: next.materials }),
        ...(next.byRule && { by_rule: true }),
      },
    }),
    // Chosen by hand to have none: the cadence plans none either.
    ...(next === null && draft.byHand.includes("next") && { by_rule: false }),
    todos: draft.todos
      .filter((todo) => todo.title.trim() !== "")
      .map((todo) => ({ ...todo, title: todo.title.trim() })),
  };
}

/** One of the organisation's own fields as it was just filled in, or emptied. */
export function withOwn(
  custom: FollowUpDraft["custom"],
  key: string,
  value: FieldJson,
): FollowUpDraft["custom"] {
  const { [key]: _before, ...rest } = custom;
  return value === null || value === "" ? rest : { ...rest, [key]: value };
}

/** What was changed of them: null empties one. */
export function ownChanges(
  before: FollowUpDraft["custom"],
  now: FollowUpDraft["custom"],
): Record<string, FieldJson> {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const text = (value: FieldJson | undefined) => JSON.stringify(value ?? null);
  return Object.fromEntries(
    keys
      .filter((key) => text(before[key]) !== text(now[key]))
      .map((key) => [key, now[key] ?? null]),
  );
}

/** Is it one of the organisation's own fields that a refusal speaks of? */
export function isOwnKey(field: string): boolean {
  return /^x\d+$/.test(field);
}

export type QuickDay = "tomorrow" | "after" | "monday" | "two-weeks" | "month";

/** The days one click plans for: 两周后 and 一个月后 are as loose as they sound, and mean a day
 * people work on. On a Sunday, 下周一 is 明天 already and not offered twice. */
export function quickDays(
  from: Day = today(),
  workdays = new Workdays(),
): { name: QuickDay; day: Day }[] {
  const days: { name: QuickDay; day: Day }[] = [
    { name: "tomorrow", day: addDays(from, 1) },
    { name: "after", day: addDays(from, 2) },
    { name: "monday", day: addDays(weekStart(from), 7) },
    { name: "two-weeks", day: workdays.from(addDays(from, 14)) },
    { name: "month", day: workdays.from(monthLater(from)) },
  ];
  return days.filter(({ day }, at) => days.findIndex((one) => one.day === day) === at);
}

function filled<Texts extends Record<string, string>>(texts: Texts): Partial<Texts> {
  const entries = Object.entries(texts).map(([key, text]) => [key, text.trim()] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== "")) as Partial<Texts>;
}
