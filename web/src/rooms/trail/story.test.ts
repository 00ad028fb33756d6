import { describe, expect, test } from "vitest";
import type { StoryItem } from "@/api/generated/zhike.schemas";
import {
  byDay,
  hasClockTime,
  isTurn,
  listDifference,
  storyDayText,
  valueText,
} from "@/rooms/trail/story";

const item = (id: number, on: string, part: Partial<StoryItem> = {}): StoryItem => ({
  id,
  kind: "follow_up",
  verb: "follow_up.logged",
  at: `${on}T04:00:00Z`,
  on,
  actor: { id: 1, name: "张三" },
  title: "",
  body: "",
  detail: {},
  record: null,
  ...part,
});
const look = (id: number, label: string, actor = { id: 1, name: "张三" }) =>
  item(id, "2026-11-18", { kind: "reveal", actor, detail: { label } });

describe("days of the story", () => {
  test.each([
    ["2026-11-18", "今天"],
    ["2026-11-17", "昨天"],
    ["2026-11-16", "11月16日 周一"],
    ["2026-11-03", "11月3日 周二"],
    ["2023-10-20", "2023年10月20日"],
  ])("%s is %s", (day, text) => {
    expect(storyDayText(day, "2026-11-18")).toBe(text);
  });

  test("on New Year's Day the day before is yesterday, not a date of another year", () => {
    expect(storyDayText("2026-12-31", "2027-01-01")).toBe("昨天");
  });
});

describe("what happened, by day", () => {
  test("items of one day stand together, across pages too", () => {
    const days = byDay([item(3, "2026-11-18"), item(2, "2026-11-18"), item(1, "2026-11-02")]);
    expect(days.map(({ day, items }) => [day, items.length])).toEqual([
      ["2026-11-18", 2],
      ["2026-11-02", 1],
    ]);
  });

  test("looking at several numbers in a row is told once, each number once", () => {
    const [day] = byDay([look(4, "手机"), look(3, "微信"), look(2, "手机")]);
    expect(day?.items).toHaveLength(1);
    expect(day?.items[0]?.looks).toEqual(["手机", "微信"]);
  });

  test("two people looking are two entries", () => {
    const [day] = byDay([look(4, "手机"), look(3, "手机", { id: 2, name: "李四" })]);
    expect(day?.items).toHaveLength(2);
  });
});

describe("changes in words", () => {
  test("days are told by the calendar, lists with 、", () => {
    expect(valueText("2019-10-20")).toBe("2019年10月20日");
    expect(valueText(["甲", "乙"])).toBe("甲、乙");
    expect(valueText("60-80万")).toBe("60-80万");
  });

  test("of tags only what came and went", () => {
    const change = { field: "tags", label: "标签", old: ["甲", "乙"], new: ["乙", "丙"] };
    expect(listDifference(change)).toEqual({ added: ["丙"], removed: ["甲"] });
    expect(listDifference({ ...change, old: "", new: ["丙"] })).toEqual({
      added: ["丙"],
      removed: [],
    });
    expect(listDifference({ ...change, old: "a", new: "b" })).toBeNull();
  });

  test("a change of type is a turn, a remark is none", () => {
    const changed = (field: string) =>
      item(1, "2026-11-18", { kind: "change", detail: { changes: [{ field }] } });
    expect(isTurn(changed("type"))).toBe(true);
    expect(isTurn(changed("remark"))).toBe(false);
  });
});

describe("clock times", () => {
  test("midnight in Shanghai means that only a day was given", () => {
    expect(hasClockTime("2026-11-17T16:00:00+00:00")).toBe(false);
    expect(hasClockTime("2026-11-18T06:30:00+00:00")).toBe(true);
  });
});
