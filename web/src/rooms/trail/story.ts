import type { StoryItem } from "@/api/generated/zhike.schemas";
import { calendarText, type Day, daysBetween, dayText, planText, today } from "@/lib/days";

export type StoryKind =
  | "follow_up"
  | "care"
  | "feedback"
  | "task"
  | "purchase"
  | "problem"
  | "change"
  | "reveal"
  | "created";

/** One field of a customer or contact that was changed, as the server words it. */
export interface FieldChange {
  field: string;
  label: string;
  old: string | string[];
  new: string | string[];
}

export interface StoryDay {
  day: Day;
  items: StoryEntry[];
}

/** An item of the story. Looking at several numbers in a row is one entry with all their names. */
export interface StoryEntry {
  item: StoryItem;
  looks: string[];
}

/** What happened, day by day. */
export function byDay(items: StoryItem[]): StoryDay[] {
  const days: StoryDay[] = [];
  for (const item of items) {
    let last = days.at(-1);
    if (last?.day !== item.on) {
      last = { day: item.on, items: [] };
      days.push(last);
    }
    const before = last.items.at(-1);
    const look = item.kind === "reveal" ? String(item.detail.label ?? "") : "";
    if (before && isSameLook(before.item, item)) {
      if (!before.looks.includes(look)) before.looks.push(look);
    } else {
      last.items.push({ item, looks: look ? [look] : [] });
    }
  }
  return days;
}

function isSameLook(one: StoryItem, other: StoryItem): boolean {
  return one.kind === "reveal" && other.kind === "reveal" && one.actor?.id === other.actor?.id;
}

/** A day of the story: 今天, 昨天, 11月3日 周二, 2023年10月20日. */
export function storyDayText(day: Day, from: Day = today()): string {
  const distance = daysBetween(from, day);
  if (distance === 0 || distance === -1) return dayText(day, from);
  const isThisYear = day.slice(0, 4) === from.slice(0, 4);
  return isThisYear ? planText(day, from) : calendarText(day, from);
}

/** A value in a change as people read it: days by the calendar, several things with 、. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join("、");
  const text = value === null || value === undefined ? "" : String(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? calendarText(text) : text;
}

/** What was put on and what was taken off, for lists such as tags. */
export function listDifference(change: FieldChange): { added: string[]; removed: string[] } | null {
  if (!Array.isArray(change.old) && !Array.isArray(change.new)) return null;
  const before = Array.isArray(change.old) ? change.old : [];
  const after = Array.isArray(change.new) ? change.new : [];
  return {
    added: after.filter((one) => !before.includes(one)),
    removed: before.filter((one) => !after.includes(one)),
  };
}

/** The turns of a relationship, marked so that the eye finds them. */
const TURNS: ReadonlySet<string> = new Set([
  "type",
  "owner",
  "deal_stage",
  "cooperation_stage",
  "is_key",
]);

export function isTurn(item: StoryItem): boolean {
  if (item.kind === "created") return true;
  if (item.verb.startsWith("review.")) return false; // asked for, and perhaps never made
  return changesOf(item).some((change) => TURNS.has(change.field));
}

export function changesOf(item: StoryItem): FieldChange[] {
  const { changes } = item.detail;
  return Array.isArray(changes) ? (changes as FieldChange[]) : [];
}

/** Was only a day given, no hour? The server then keeps midnight in Shanghai (16:00 UTC). */
export function hasClockTime(instant: string): boolean {
  const at = new Date(instant);
  return !(at.getUTCHours() === 16 && at.getUTCMinutes() === 0 && at.getUTCSeconds() === 0);
}
