import { t } from "@lingui/core/macro";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { calendarText, type Day } from "@/lib/days";

/** How a task comes round again; the words of `repeat` on the server. */
export const REPEATS = ["day", "workday", "week", "month", "quarter", "year"] as const;
export type Repeat = (typeof REPEATS)[number];

/** How many of them at most lie between two (server: care/reminders/recurring.py). */
export const MOST_EVERY = 99;

export function repeatName(repeat: Repeat): string {
  const names: Record<Repeat, string> = {
    day: t`每天`,
    workday: t`每个工作日`,
    week: t`每周`,
    month: t`每月`,
    quarter: t`每季度`,
    year: t`每年`,
  };
  return names[repeat];
}

/** What is counted between two: 天, 个工作日, 周 … */
export function unitName(repeat: Repeat): string {
  const names: Record<Repeat, string> = {
    day: t`天`,
    workday: t`个工作日`,
    week: t`周`,
    month: t`个月`,
    quarter: t`个季度`,
    year: t`年`,
  };
  return names[repeat];
}

type Repeating = Pick<TaskOut, "repeat" | "repeat_every" | "repeat_until">;

/** How a task repeats, in a few words: 每周, 每 2 周，到12月31日; "" for one that does not. */
export function repeatText(task: Repeating, from?: Day): string {
  const repeat = REPEATS.find((one) => one === task.repeat);
  if (!repeat) return "";
  const every = task.repeat_every;
  const unit = unitName(repeat);
  const often = every > 1 ? t`每 ${every} ${unit}` : repeatName(repeat);
  const until = task.repeat_until;
  return until ? t`${often}，到${calendarText(until, from)}` : often;
}
