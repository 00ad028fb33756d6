import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { KeyDateOut } from "@/api/generated/zhike.schemas";
import { byMonth, isSoon, keyDateText, leftText, monthText } from "@/rooms/care/keyDates/keyDates";

const day = (part: Partial<KeyDateOut>): KeyDateOut => ({
  id: 1,
  kind: "birthday",
  label: "生日",
  on: "2026-11-18",
  days_left: 0,
  told: "",
  customer: { id: 7, name: "晨星教育" },
  contact: null,
  ...part,
});

beforeEach(() => vi.useFakeTimers({ now: new Date("2026-11-18T03:00:00Z") }));
afterEach(() => vi.useRealTimers());

test("says whose day it is, and by which calendar", () => {
  const contact = { id: 3, name: "周总" };
  expect(keyDateText(day({ contact, told: "农历八月十五" }))).toBe("周总 生日 农历八月十五");
  expect(keyDateText(day({ label: "合作周年", told: "合作满 3 年" }))).toBe("合作周年 合作满 3 年");
  expect(keyDateText(day({ label: "生日", told: "5月20日生日" }))).toBe("5月20日生日");
  expect(keyDateText(day({ label: "合同到期" }))).toBe("合同到期");
});

test("counts the days from tomorrow on", () => {
  expect(leftText(day({}))).toBe("今天");
  expect(leftText(day({ on: "2026-11-19", days_left: 1 }))).toBe("明天");
  expect(leftText(day({ on: "2026-11-20", days_left: 2 }))).toBe("还有2天");
});

test("within a week it is soon", () => {
  expect([7, 8].map((left) => isSoon(day({ days_left: left })))).toEqual([true, false]);
});

test("names the year only of another one", () => {
  expect(monthText("2026-12")).toBe("12月");
  expect(monthText("2027-01")).toBe("2027年1月");
});

test("stands by month", () => {
  const days = ["2026-11-20", "2026-11-30", "2026-12-01", "2027-12-01"].map((on) => day({ on }));
  expect(byMonth(days).map(({ month, items }) => [month, items.length])).toEqual([
    ["2026-11", 2],
    ["2026-12", 1],
    ["2027-12", 1],
  ]);
});
