import type { TaskOut, Today } from "@/api/generated/zhike.schemas";
import { addDays, type Day } from "@/lib/days";

/** How far 未来七天 reaches, as the server counts it. */
const COMING_DAYS = 7;
const LISTS = ["overdue", "due", "coming"] as const;
type List = (typeof LISTS)[number];

/** The start page without one task; where it was finished, one more stands under 已完成. */
export function withoutTask(today: Today, id: number, isDone: boolean): Today {
  const from = LISTS.find((list) => today[list].some((task) => task.id === id));
  if (!from) return today;
  return {
    ...today,
    [from]: today[from].filter((task) => task.id !== id),
    promises: today.promises.filter((task) => task.id !== id),
    counts: {
      ...today.counts,
      [from]: today.counts[from] - 1,
      done_today: today.counts.done_today + (isDone ? 1 : 0),
    },
  };
}

/** The start page with a task put off (or drawn forward) to another day. */
export function movedTask(today: Today, task: TaskOut, day: Day): Today {
  const without = withoutTask(today, task.id, false);
  if (without === today) return today;
  const to = listOf(today.date, day);
  if (!to) return without;
  const moved = [...without[to], { ...task, due_on: day }];
  moved.sort((a, b) => orderOf(a).localeCompare(orderOf(b)));
  return {
    ...without,
    promises: today.promises.map((one) => (one.id === task.id ? { ...one, due_on: day } : one)),
    [to]: moved,
    counts: { ...without.counts, [to]: without.counts[to] + 1 },
  };
}

function listOf(now: Day, day: Day): List | null {
  if (day < now) return "overdue";
  if (day === now) return "due";
  return day <= addDays(now, COMING_DAYS) ? "coming" : null;
}

/** By day, then by clock time, those without one last. */
function orderOf(task: TaskOut): string {
  return `${task.due_on} ${task.due_time ?? "99"} ${String(task.id).padStart(12, "0")}`;
}
