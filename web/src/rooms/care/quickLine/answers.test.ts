import { describe, expect, test } from "vitest";
import { answersTo, firstDayPhrase } from "@/rooms/care/quickLine/answers";

const WEDNESDAY = "2026-11-18";

describe("after a holiday", () => {
  test("the server is asked for the first working day of the one that is meant", () => {
    expect(firstDayPhrase("国庆后")).toBe("国庆后第一天联系");
    expect(firstDayPhrase("过完年以后")).toBe("年后第一天联系");
    expect(firstDayPhrase("节后")).toBe("节后第一天联系");
    expect(firstDayPhrase("过几天")).toBeNull();
    expect(firstDayPhrase("明年")).toBeNull();
  });

  test("the first working days from then on, never a weekend", () => {
    // 2027-01-04 is a Monday, 2027-10-08 a Friday.
    expect(answersTo("节后", "2027-01-04", WEDNESDAY)).toEqual([
      "2027-01-04",
      "2027-01-05",
      "2027-01-11",
    ]);
    expect(answersTo("国庆后", "2027-10-08", WEDNESDAY)).toEqual([
      "2027-10-08",
      "2027-10-11",
      "2027-10-15",
    ]);
  });
});

describe("words that only say about when", () => {
  test.each([
    ["尽快", ["2026-11-19", "2026-11-20", "2026-11-23"]],
    ["过几天", ["2026-11-23", "2026-11-25"]],
    ["过段时间", ["2026-12-02", "2026-12-18", "2027-01-18"]],
    ["等他忙完", ["2026-11-19", "2026-11-23", "2026-12-02"]],
  ])("%s", (word, days) => {
    expect(answersTo(word, null, WEDNESDAY)).toEqual(days);
  });

  test("two to four of them, whatever day it is", () => {
    for (const from of ["2026-11-16", "2026-11-20", "2026-11-21", "2026-11-22"])
      for (const word of ["尽快", "改天", "过段时间", "到时候"]) {
        const days = answersTo(word, null, from);
        expect(days.length, `${word} ${from}`).toBeGreaterThanOrEqual(2);
        expect(days.length).toBeLessThanOrEqual(4);
        for (const day of days) expect([0, 6]).not.toContain(new Date(day).getUTCDay());
      }
  });
});
