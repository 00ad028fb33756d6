import { t } from "@lingui/core/macro";
import dayjs, { type Dayjs } from "dayjs";
import { currentLanguage } from "@/lib/i18n";

/** A day as the server writes it: "2026-11-18", a day in Asia/Shanghai. */
export type Day = string;

const SHANGHAI = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" });
const SHANGHAI_TIME = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});

/** Today in Shanghai, wherever the reader's clock stands. */
export function today(now: Date = new Date()): Day {
  return SHANGHAI.format(now);
}

/** The Shanghai day of an instant ("2026-11-18T16:30:00Z" is the 19th). */
export function dayOf(instant: string): Day {
  return SHANGHAI.format(new Date(instant));
}

export function addDays(day: Day, count: number): Day {
  return dayjs(day).add(count, "day").format("YYYY-MM-DD");
}

/** The same day of the next month, or its last day where it has no such day (1月31日 → 2月28日). */
export function monthLater(day: Day): Day {
  return dayjs(day).add(1, "month").format("YYYY-MM-DD");
}

/** Whole days from `from` to `day`; negative when `day` lies before. */
export function daysBetween(from: Day, day: Day): number {
  return dayjs(day).diff(dayjs(from), "day");
}

/** Monday of the week a day lies in: weeks begin on Monday here. */
export function weekStart(day: Day): Day {
  return addDays(day, -mondayIndex(dayjs(day)));
}

/** A day as people say it, seen from today: 3天前, 明天, 周五, 下周三, 12月24日, 2027年1月5日. */
export function dayText(day: Day, from: Day = today()): string {
  const distance = daysBetween(from, day);
  if (distance === 0) return t`今天`;
  if (distance === 1) return t`明天`;
  if (distance === 2) return t`后天`;
  if (distance === -1) return t`昨天`;
  if (distance < 0 && distance >= -30) return t`${-distance}天前`;
  if (distance > 0) {
    const weeks = daysBetween(weekStart(from), weekStart(day)) / 7;
    if (weeks === 0) return weekdayText(day);
    if (weeks === 1) return t`下${weekdayText(day)}`;
  }
  return calendarText(day, from);
}

/** A day by the calendar, the year only where it is another one: 3月8日, 2025年3月8日. */
export function calendarText(day: Day, from: Day = today()): string {
  const date = dayjs(day);
  if (currentLanguage() === "en") {
    return date.format(date.isSame(from, "year") ? "D MMM" : "D MMM YYYY");
  }
  return date.format(date.isSame(from, "year") ? "M月D日" : "YYYY年M月D日");
}

/** A day one plans for, with its weekday: 11月25日 周三. */
export function planText(day: Day, from: Day = today()): string {
  const parts = [calendarText(day, from), weekdayText(day)];
  return (currentLanguage() === "en" ? parts.reverse() : parts).join(" ");
}

/** What a due day means today: 超期2天, 今天, 下周三. */
export function dueText(day: Day, from: Day = today()): string {
  const late = daysBetween(day, from);
  return late > 0 ? t`超期${late}天` : dayText(day, from);
}

export function isOverdue(day: Day, from: Day = today()): boolean {
  return day < from;
}

/** 周一 … 周日. */
export function weekdayText(day: Day): string {
  const names = [t`周一`, t`周二`, t`周三`, t`周四`, t`周五`, t`周六`, t`周日`];
  return names[mondayIndex(dayjs(day))] ?? "";
}

/** Clock time in Shanghai: 09:05. */
export function timeText(instant: string): string {
  return SHANGHAI_TIME.format(new Date(instant));
}

/** An instant as people say it: 刚刚, 5分钟前, 今天 09:05, 3天前. */
export function momentText(instant: string, now: Date = new Date()): string {
  const minutes = Math.floor((now.getTime() - new Date(instant).getTime()) / 60_000);
  if (minutes >= 0 && minutes < 1) return t`刚刚`;
  if (minutes > 0 && minutes < 60) return t`${minutes}分钟前`;
  const day = dayOf(instant);
  const distance = daysBetween(today(now), day);
  const text = dayText(day, today(now));
  return Math.abs(distance) <= 1 ? `${text} ${timeText(instant)}` : text;
}

/** Reads a day as people type it: 2026-11-25, 2026/11/25, 11.25, 11月25日, 今天, 明天, 下周三. */
export function parseDay(text: string, from: Day = today()): Day | null {
  const clean = text.trim();
  const words: Record<string, number> = { 昨天: -1, 今天: 0, 明天: 1, 后天: 2, 大后天: 3 };
  const word = words[clean];
  if (word !== undefined) return addDays(from, word);
  return parseWeekday(clean, from) ?? parseCalendar(clean, from);
}

function parseWeekday(text: string, from: Day): Day | null {
  const found = text.match(/^(下下|下|这|本)?(?:周|星期|礼拜)([一二三四五六日天])$/);
  if (!found) return null;
  const index = "一二三四五六日".indexOf((found[2] ?? "").replace("天", "日"));
  const weeks = found[1] === "下下" ? 2 : found[1] === "下" ? 1 : 0;
  return addDays(weekStart(from), weeks * 7 + index);
}

function parseCalendar(text: string, from: Day): Day | null {
  const found = text.match(
    /^(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s*周[一二三四五六日]?)?$/,
  );
  if (!found) return null;
  const year = found[1] ?? from.slice(0, 4);
  const day = `${year}-${(found[2] ?? "").padStart(2, "0")}-${(found[3] ?? "").padStart(2, "0")}`;
  // dayjs rolls 2月30日 over into March; a day that does not exist is a typing error.
  return dayjs(day).format("YYYY-MM-DD") === day ? day : null;
}

function mondayIndex(date: Dayjs): number {
  return (date.day() + 6) % 7;
}
