import { t } from "@lingui/core/macro";

const HOUR = 60;
const DAY = 24 * HOUR;

export interface ReminderChoice {
  /** Minutes ahead. */
  value: number;
  label: string;
}

/** When to be reminded: of a task with a time, some while before; of one without, on some morning. */
export function reminderChoices(hasTime: boolean, chosen = 0): ReminderChoice[] {
  const values = hasTime ? [0, 10, 30, HOUR, 2 * HOUR, DAY] : [0, DAY, 2 * DAY, 7 * DAY];
  const all = values.includes(chosen) ? values : [...values, chosen].sort((a, b) => a - b);
  return all.map((value) => ({ value, label: reminderText(value, hasTime) }));
}

export function reminderText(minutes: number, hasTime: boolean): string {
  if (minutes === 0) return hasTime ? t`准时` : t`当天早上`;
  if (!hasTime && minutes === DAY) return t`前一天早上`;
  return t`提前 ${whileText(minutes)}`;
}

function whileText(minutes: number): string {
  if (minutes % (7 * DAY) === 0) {
    const weeks = minutes / (7 * DAY);
    return t`${weeks} 周`;
  }
  if (minutes % DAY === 0) {
    const days = minutes / DAY;
    return t`${days} 天`;
  }
  if (minutes % HOUR === 0) {
    const hours = minutes / HOUR;
    return t`${hours} 小时`;
  }
  return t`${minutes} 分钟`;
}
