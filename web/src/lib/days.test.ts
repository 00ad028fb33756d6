import { describe, expect, it } from "vitest";
import { dayOf, dayText, dueText, momentText, parseDay, planText, today } from "@/lib/days";

// A Wednesday.
const NOW = "2026-11-18";

describe("days as people say them", () => {
  it.each([
    ["2026-11-18", "今天"],
    ["2026-11-19", "明天"],
    ["2026-11-20", "后天"],
    ["2026-11-17", "昨天"],
    ["2026-11-15", "3天前"],
    ["2026-11-22", "周日"],
    ["2026-11-23", "下周一"],
    ["2026-11-25", "下周三"],
    ["2026-11-29", "下周日"],
    ["2026-11-30", "11月30日"],
    ["2026-10-18", "10月18日"],
    ["2027-01-05", "2027年1月5日"],
  ])("%s is %s", (day, words) => {
    expect(dayText(day, NOW)).toBe(words);
  });

  it("counts how long something is overdue, and only then", () => {
    expect(dueText("2026-11-16", NOW)).toBe("超期2天");
    expect(dueText("2026-11-18", NOW)).toBe("今天");
    expect(dueText("2026-11-25", NOW)).toBe("下周三");
  });

  it("adds the weekday where one plans", () => {
    expect(planText("2026-11-25", NOW)).toBe("11月25日 周三");
  });
});

describe("the Shanghai day", () => {
  it("begins at 16:00 UTC", () => {
    expect(today(new Date("2026-11-18T15:59:00Z"))).toBe("2026-11-18");
    expect(today(new Date("2026-11-18T16:01:00Z"))).toBe("2026-11-19");
    expect(dayOf("2026-11-18T16:01:00Z")).toBe("2026-11-19");
  });

  it("tells moments by minutes, then by the clock, then by days", () => {
    const now = new Date("2026-11-18T04:00:00Z");
    expect(momentText("2026-11-18T03:59:40Z", now)).toBe("刚刚");
    expect(momentText("2026-11-18T03:55:00Z", now)).toBe("5分钟前");
    expect(momentText("2026-11-18T01:05:00Z", now)).toBe("今天 09:05");
    expect(momentText("2026-11-15T01:05:00Z", now)).toBe("3天前");
  });
});

describe("reading a typed day", () => {
  it.each([
    ["今天", "2026-11-18"],
    ["明天", "2026-11-19"],
    ["周五", "2026-11-20"],
    ["下周三", "2026-11-25"],
    ["下下周一", "2026-11-30"],
    ["星期天", "2026-11-22"],
    ["11-25", "2026-11-25"],
    ["11.5", "2026-11-05"],
    ["11月25日", "2026-11-25"],
    ["11月25日 周三", "2026-11-25"],
    ["2027/1/5", "2027-01-05"],
    ["2027年1月5日", "2027-01-05"],
  ])("%s → %s", (typed, day) => {
    expect(parseDay(typed, NOW)).toBe(day);
  });

  it.each(["2月30日", "13-1", "下周八", "改天", ""])("does not guess at %s", (typed) => {
    expect(parseDay(typed, NOW)).toBeNull();
  });
});
