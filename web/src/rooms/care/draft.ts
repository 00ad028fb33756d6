import type { FollowUpIn } from "@/api/generated/zhike.schemas";
import { addDays, type Day, today, weekStart } from "@/lib/days";

/** A follow-up while it is being written: what the form shows and the browser remembers. */
export interface FollowUpDraft {
  way: string;
  content: string;
  contactId: number | null;
  /** The day of the contact; null is "just now". */
  on: Day | null;
  feedback: string;
  solution: string;
  response: string | null;
  objection: string;
  result: string;
  next: NextPlan | null;
  todos: { title: string; due_on: Day }[];
}

export interface NextPlan {
  on: Day;
  time: string;
  matter: string;
  materials: string;
}

/** From how many characters on a note is better split into content, feedback and result. */
export const LONG_CONTENT = 200;

export function emptyDraft(way: string): FollowUpDraft {
  return {
    way,
    content: "",
    contactId: null,
    on: null,
    feedback: "",
    solution: "",
    response: null,
    objection: "",
    result: "",
    next: null,
    todos: [],
  };
}

/** Nothing worth keeping was written: the way alone is a habit, not a draft. */
export function isEmptyDraft(draft: FollowUpDraft): boolean {
  const texts = [draft.content, draft.feedback, draft.solution, draft.objection, draft.result];
  return (
    texts.every((text) => text.trim() === "") &&
    draft.next === null &&
    draft.response === null &&
    draft.todos.every((todo) => todo.title.trim() === "")
  );
}

/** Is anything said that stands behind 更多? Then it must not be folded away. */
export function hasMore(draft: FollowUpDraft): boolean {
  const texts = [draft.feedback, draft.solution, draft.objection, draft.result];
  return texts.some((text) => text.trim() !== "") || draft.todos.length > 0;
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
      },
    }),
    todos: draft.todos
      .filter((todo) => todo.title.trim() !== "")
      .map((todo) => ({ title: todo.title.trim(), due_on: todo.due_on })),
  };
}

export type QuickDay = "tomorrow" | "after" | "monday" | "two-weeks" | "month";

/** The days one click plans for. On a Sunday, 下周一 is 明天 already and not offered twice. */
export function quickDays(from: Day = today()): { name: QuickDay; day: Day }[] {
  const days: { name: QuickDay; day: Day }[] = [
    { name: "tomorrow", day: addDays(from, 1) },
    { name: "after", day: addDays(from, 2) },
    { name: "monday", day: addDays(weekStart(from), 7) },
    { name: "two-weeks", day: addDays(from, 14) },
    { name: "month", day: monthLater(from) },
  ];
  return days.filter(({ day }, at) => days.findIndex((one) => one.day === day) === at);
}

/** The same day of the next month, or its last day where it has no such day (1月31日 → 2月28日). */
function monthLater(day: Day): Day {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(date, last))).toISOString().slice(0, 10);
}

function filled<Texts extends Record<string, string>>(texts: Texts): Partial<Texts> {
  const entries = Object.entries(texts).map(([key, text]) => [key, text.trim()] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== "")) as Partial<Texts>;
}
