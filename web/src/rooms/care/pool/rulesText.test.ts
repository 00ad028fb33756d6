import { describe, expect, test } from "vitest";
import { doubt, rulesText } from "@/rooms/care/pool/rulesText";

const rules = {
  ...{ is_on: true, days: 90, new_days: 30, notice_days: 7 },
  ...{ capacity: 200, claims_per_day: 10, rest_days: 15, keeps_key: true, version: 1 },
};

describe("what the numbers mean, in a sentence", () => {
  test("as shipped", () => {
    expect(rulesText(rules)).toEqual([
      "客户 90 天没人跟进（从没跟进过的 30 天），就回到公海；收回前 7 天提醒负责人和主管。还在合作的客户和重点客户永远不收。",
      "每人每天最多领 10 位，名下最多 200 位；从谁那里回到公海的，谁 15 天内不能再领。",
    ]);
  });

  test("switched off nothing is said of days", () => {
    expect(rulesText({ ...rules, is_on: false })[0]).toContain("现在不自动收回");
    expect(doubt({ ...rules, is_on: false, notice_days: 90 })).toBeNull();
  });

  test("no notice, no capacity, no rest, key customers too", () => {
    const open = { ...rules, new_days: 90, notice_days: 0, capacity: 0, rest_days: 0 };
    expect(rulesText({ ...open, keeps_key: false })).toEqual([
      "客户 90 天没人跟进，就回到公海，不提前提醒。还在合作的客户永远不收。",
      "每人每天最多领 10 位；回到公海的，原来的负责人也可以马上再领。",
    ]);
  });

  test("a notice as long as the time itself is doubted", () => {
    expect(doubt(rules)).toBeNull();
    expect(doubt({ ...rules, notice_days: 30 })).toContain("一到手就会提醒");
  });
});
