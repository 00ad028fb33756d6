import type { TeamRow } from "@/api/generated/zhike.schemas";
import { type Day, daysBetween } from "@/lib/days";

export interface TeamTotals {
  overdue: number;
  due: number;
  unplanned: number;
  late: number;
  /** The day longest overdue of all. */
  oldest: Day | null;
  /** How many are behind with something. */
  behind: number;
}

export function totalsOf(rows: readonly TeamRow[]): TeamTotals {
  const sum = (of: (row: TeamRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  const oldest = rows.map((row) => row.oldest_overdue_on).filter((day) => day !== null);
  return {
    overdue: sum((row) => row.overdue),
    due: sum((row) => row.due),
    unplanned: sum((row) => row.unplanned),
    late: sum((row) => row.late),
    oldest: oldest.sort()[0] ?? null,
    behind: rows.filter((row) => row.overdue > 0).length,
  };
}

/** The part of the longest bar, for a bar one sees at a glance; never invisible where there is one. */
export function shareOf(count: number, rows: readonly TeamRow[]): number {
  const most = Math.max(...rows.map((row) => row.overdue), 1);
  return count === 0 ? 0 : Math.max(0.04, count / most);
}

/** Whole days the oldest has waited. */
export function waited(day: Day, today: Day): number {
  return Math.max(0, daysBetween(day, today));
}
