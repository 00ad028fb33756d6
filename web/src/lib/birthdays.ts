import { t } from "@lingui/core/macro";
import { currentLanguage } from "@/lib/i18n";

/** A birthday as the server keeps it: 1990-05-20, --05-20 without the year, by the lunar calendar
 * L1990-04-26 or L--04-26, in a leap month L1990-04R-26. */
export interface Birthday {
  isLunar: boolean;
  year: number | null;
  month: number;
  day: number;
  isLeap: boolean;
}

const FORM = /^(L)?(\d{4}|-)-(\d{2})(R)?-(\d{2})$/;
const LUNAR_MONTHS = "正二三四五六七八九十冬腊";
const NUMERALS = "一二三四五六七八九十";

/** Null for what is no birthday. */
export function parseBirthday(text: string | null | undefined): Birthday | null {
  const found = text?.match(FORM);
  if (!found) return null;
  return {
    isLunar: found[1] === "L",
    year: found[2] === "-" ? null : Number(found[2]),
    month: Number(found[3]),
    isLeap: found[4] === "R",
    day: Number(found[5]),
  };
}

export function birthdayCode({ isLunar, year, month, day, isLeap }: Birthday): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const leap = isLunar && isLeap ? "R" : "";
  return `${isLunar ? "L" : ""}${year ?? "-"}-${two(month)}${leap}-${two(day)}`;
}

/** 1990年5月20日, 5月20日, 农历四月廿六, 1990年农历四月廿六. */
export function birthdayText(text: string | null | undefined): string {
  const birthday = parseBirthday(text);
  if (!birthday) return text ?? "";
  const { isLunar, year, month, day, isLeap } = birthday;
  if (currentLanguage() === "en") {
    const date = `${year === null ? "" : `${year}-`}${month}${isLeap ? "R" : ""}-${day}`;
    return isLunar ? t`农历 ${date}` : date;
  }
  const date = isLunar
    ? `农历${lunarMonthText(month, isLeap)}${lunarDayText(day)}`
    : `${month}月${day}日`;
  return year === null ? date : `${year}年${date}`;
}

/** 正月 … 腊月, 闰四月. */
export function lunarMonthText(month: number, isLeap = false): string {
  return `${isLeap ? "闰" : ""}${LUNAR_MONTHS[month - 1] ?? ""}月`;
}

/** 初一 … 三十. */
export function lunarDayText(day: number): string {
  if (day <= 10) return `初${NUMERALS[day - 1] ?? ""}`;
  if (day < 20) return `十${NUMERALS[day - 11] ?? ""}`;
  if (day === 20) return "二十";
  if (day < 30) return `廿${NUMERALS[day - 21] ?? ""}`;
  return "三十";
}

/** How many days one can choose: the 29th of February only where the year may have one. */
export function daysIn({ isLunar, year, month }: Omit<Birthday, "day" | "isLeap">): number {
  if (isLunar) return 30;
  return new Date(Date.UTC(year ?? 2000, month, 0)).getUTCDate();
}
