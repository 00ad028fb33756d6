import { describe, expect, it } from "vitest";
import { birthdayCode, birthdayText, daysIn, lunarDayText, parseBirthday } from "@/lib/birthdays";

describe("a birthday", () => {
  it("is read and written in every form", () => {
    for (const code of ["1990-05-20", "--05-20", "L1990-04-26", "L--04-26", "L1990-04R-26"]) {
      const birthday = parseBirthday(code);
      expect(birthday && birthdayCode(birthday)).toBe(code);
    }
    expect(parseBirthday("5月20日")).toBeNull();
  });

  it("is shown as people say it", () => {
    expect(birthdayText("1990-05-20")).toBe("1990年5月20日");
    expect(birthdayText("--05-20")).toBe("5月20日");
    expect(birthdayText("L--04-26")).toBe("农历四月廿六");
    expect(birthdayText("L1990-12R-01")).toBe("1990年农历闰腊月初一");
    expect(birthdayText("打码")).toBe("打码");
  });

  it("names every lunar day", () => {
    expect([1, 10, 11, 19, 20, 21, 29, 30].map(lunarDayText)).toEqual([
      ...["初一", "初十", "十一", "十九", "二十", "廿一", "廿九", "三十"],
    ]);
  });

  it("has the 29th of February only where the year may have one", () => {
    expect(daysIn({ isLunar: false, year: 1990, month: 2 })).toBe(28);
    expect(daysIn({ isLunar: false, year: null, month: 2 })).toBe(29);
    expect(daysIn({ isLunar: true, year: 1990, month: 2 })).toBe(30);
  });
});
