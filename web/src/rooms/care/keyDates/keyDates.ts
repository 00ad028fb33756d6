import { t } from "@lingui/core/macro";
import type { KeyDateOut } from "@/api/generated/zhike.schemas";
import { type Day, dayText, today } from "@/lib/days";
import { currentLanguage } from "@/lib/i18n";

/** Whose day it is and what: 周总 生日 农历八月十五; 合作满 3 年. */
export function keyDateText(one: KeyDateOut): string {
  const told = one.told.includes(one.label) ? one.told : `${one.label} ${one.told}`.trim();
  return one.contact ? `${one.contact.name} ${told}` : told;
}

/** How long it is until then: 今天, 明天, 还有 12 天. */
export function leftText(one: KeyDateOut): string {
  const { days_left: left } = one;
  if (left <= 1) return dayText(one.on);
  return t`还有${left}天`;
}

export interface KeyDateMonth {
  /** 2026-12 */
  month: string;
  items: KeyDateOut[];
}

/** The days by the calendar, month by month. */
export function byMonth(items: readonly KeyDateOut[]): KeyDateMonth[] {
  const months: KeyDateMonth[] = [];
  for (const item of items) {
    const month = item.on.slice(0, 7);
    if (months.at(-1)?.month !== month) months.push({ month, items: [] });
    months.at(-1)?.items.push(item);
  }
  return months;
}

/** A month by the calendar, the year only where it is another one: 12月, 2027年1月. */
export function monthText(month: string, from: Day = today()): string {
  const isThisYear = month.slice(0, 4) === from.slice(0, 4);
  if (currentLanguage() === "en") {
    const date = new Date(`${month}-01T00:00:00Z`);
    const year = isThisYear ? {} : { year: "numeric" as const };
    return new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC", ...year }).format(date);
  }
  const [year, number] = month.split("-").map(Number);
  return isThisYear ? `${number}月` : `${year}年${number}月`;
}

/** So soon a day deserves colour. */
const SOON = 7;

export function isSoon(one: KeyDateOut): boolean {
  return one.days_left <= SOON;
}

/** The number of a day in its month: 5. */
export function dateOf(day: Day): number {
  return Number(day.slice(8));
}
