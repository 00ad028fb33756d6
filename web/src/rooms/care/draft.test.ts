import { describe, expect, test } from "vitest";
import { Workdays } from "@/lib/workdays";
import {
  bodyOf,
  emptyDraft,
  hasMore,
  isEmptyDraft,
  ownChanges,
  quickDays,
  withOwn,
} from "@/rooms/care/draft";

const NOON = new Date("2026-11-18T04:00:00Z");

describe("the draft as the server takes it", () => {
  test("a sentence is enough: way, words and the very instant", () => {
    const draft = { ...emptyDraft("phone"), content: "  聊了报价  " };
    expect(bodyOf(draft, NOON)).toEqual({
      way: "phone",
      content: "聊了报价",
      contacted_at: "2026-11-18T04:00:00.000Z",
      todos: [],
    });
  });

  test("a day gone by is sent as a day, today as an instant", () => {
    const yesterday = { ...emptyDraft("visit"), content: "见了面", on: "2026-11-17" };
    expect(bodyOf(yesterday, NOON)).toMatchObject({ contacted_on: "2026-11-17" });
    expect(bodyOf(yesterday, NOON)).not.toHaveProperty("contacted_at");
    const today = { ...yesterday, on: "2026-11-18" };
    expect(bodyOf(today, NOON)).not.toHaveProperty("contacted_on");
  });

  test("today is Shanghai's: half past midnight there is still the day before in UTC", () => {
    const draft = { ...emptyDraft("phone"), content: "夜里", on: "2026-11-19" };
    const body = bodyOf(draft, new Date("2026-11-18T16:30:00Z"));
    expect(body).toHaveProperty("contacted_at");
  });

  test("the plan and the promises go along, empty lines stay behind", () => {
    const draft = {
      ...emptyDraft("phone"),
      content: "约好了",
      next: { on: "2026-12-01", time: "", matter: " 确认报价 ", materials: "" },
      todos: [
        { title: "寄样品", due_on: "2026-11-19" },
        { title: "  ", due_on: "2026-11-19" },
      ],
    };
    expect(bodyOf(draft, NOON)).toMatchObject({
      next: { on: "2026-12-01", matter: "确认报价" },
      todos: [{ title: "寄样品", due_on: "2026-11-19" }],
    });
  });

  test("to have no next one is only said where it was chosen", () => {
    const draft = { ...emptyDraft("phone"), content: "聊了报价" };
    expect(bodyOf(draft, NOON)).not.toHaveProperty("by_rule");
    expect(bodyOf({ ...draft, byHand: ["next"] }, NOON)).toMatchObject({ by_rule: false });
    const next = { on: "2026-12-01", time: "", matter: "", materials: "" };
    expect(bodyOf({ ...draft, next, byHand: ["next"] }, NOON)).not.toHaveProperty("by_rule");
  });
});

describe("what is worth keeping", () => {
  test("a way alone is no draft, a chosen next day is one", () => {
    expect(isEmptyDraft(emptyDraft("visit"))).toBe(true);
    const next = { on: "2026-12-01", time: "", matter: "", materials: "" };
    expect(isEmptyDraft({ ...emptyDraft("visit"), next })).toBe(false);
  });
});

describe("the quick days", () => {
  test("from a Wednesday", () => {
    expect(quickDays("2026-11-18").map(({ day }) => day)).toEqual([
      "2026-11-19",
      "2026-11-20",
      "2026-11-23",
      "2026-12-02",
      "2026-12-18",
    ]);
  });

  test("on a Sunday tomorrow is Monday, offered once", () => {
    const names = quickDays("2026-11-22").map(({ name }) => name);
    expect(names).toEqual(["tomorrow", "after", "two-weeks", "month"]);
  });

  test("a month after the 31st is the last day of a shorter month", () => {
    expect(quickDays("2026-05-31").at(-1)?.day).toBe("2026-06-30");
    expect(quickDays("2026-08-31").at(-1)?.day).toBe("2026-09-30");
  });

  test("the loose ones are days people work on, holidays and moved weekends known", () => {
    const loose = (from: string, workdays?: Workdays) =>
      quickDays(from, workdays)
        .slice(-2)
        .map(({ day }) => day);
    expect(loose("2026-11-22")).toEqual(["2026-12-07", "2026-12-22"]);
    const october = ["01", "02", "03", "04", "05", "06", "07"].map((date) => ({
      on: `2026-10-${date}`,
      works: false,
      name: "国庆节",
    }));
    const moved = { on: "2026-10-10", works: true, name: "国庆节调休上班" };
    const known = new Workdays([...october, moved]);
    expect(loose("2026-09-03", known)).toEqual(["2026-09-17", "2026-10-08"]);
    expect(loose("2026-09-26", known)).toEqual(["2026-10-10", "2026-10-26"]);
  });
});

describe("the organisation's own fields", () => {
  test("travel with the rest, and stand behind 更多", () => {
    const draft = {
      ...emptyDraft("phone"),
      content: "聊了报价",
      custom: { x3: 350000, x4: false },
    };
    expect(bodyOf(draft, NOON).custom).toEqual({ x3: 350000, x4: false });
    expect(hasMore(draft)).toBe(true);
    expect(isEmptyDraft({ ...emptyDraft("phone"), custom: { x4: false } })).toBe(false);
  });
  test("are gone when emptied", () => {
    expect(withOwn({ x3: 1, x4: true }, "x3", null)).toEqual({ x4: true });
    expect(withOwn({ x4: true }, "x3", "0")).toEqual({ x4: true, x3: "0" });
  });
  test("are sent only where they changed", () => {
    const before = { x1: "a", x2: ["b", "c"], x3: 5 };
    expect(ownChanges(before, { ...before })).toEqual({});
    expect(ownChanges(before, { x1: "a", x2: ["b"], x4: true })).toEqual({
      x2: ["b"],
      x3: null,
      x4: true,
    });
  });
});
