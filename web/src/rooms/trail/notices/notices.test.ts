import { describe, expect, test } from "vitest";
import type { Notice } from "@/api/notices";
import {
  badgeText,
  bodyLines,
  grouped,
  hrefOf,
  isUrgent,
  lateText,
  staleAfter,
} from "@/rooms/trail/notices/notices";

const notice = (part: Partial<Notice> = {}): Notice => ({
  id: 1,
  kind: "task_due",
  title: "跟进华为技术有限公司：发报价",
  body: "",
  customer: { id: 7, name: "华为技术有限公司" },
  record: { type: "task", id: 3 },
  due_at: "2026-11-18T01:00:00Z",
  created_at: "2026-11-18T01:00:02Z",
  read_at: null,
  late_minutes: 0,
  ...part,
});

describe("a notice", () => {
  test("tells how late it came, in the unit people use", () => {
    expect(lateText(0)).toBeNull();
    expect(lateText(9)).toBeNull();
    expect(lateText(10)).toBe("迟了 10 分钟");
    expect(lateText(119)).toBe("迟了 119 分钟");
    expect(lateText(120)).toBe("迟了 2 小时");
    expect(lateText(47 * 60)).toBe("迟了 47 小时");
    expect(lateText(3 * 24 * 60 + 5)).toBe("迟了 3 天");
  });

  test("does not say twice that it came late", () => {
    const body = "今天 15:00\n本应在11月15日 09:00 提醒，迟了 3 天。";
    expect(bodyLines(notice({ body, late_minutes: 4320 }))).toEqual(["今天 15:00"]);
    expect(bodyLines(notice({ body, late_minutes: 0 }))).toEqual(body.split("\n"));
  });

  test("leads to what it is about", () => {
    expect(hrefOf(notice())).toBe("/customers/7");
    expect(hrefOf(notice({ customer: null }))).toBe("/");
    expect(hrefOf(notice({ kind: "review" }))).toBe("/reviews");
    const done = { kind: "import_done", customer: null, record: { type: "import", id: 12 } };
    expect(hrefOf(notice(done))).toBe("/doors/12");
    const broken = { kind: "system", customer: null, record: { type: "channel", id: 2 } };
    expect(hrefOf(notice(broken))).toBe("/settings?part=channels");
    expect(hrefOf(notice({ kind: "system", customer: null, record: null }))).toBeNull();
    expect(hrefOf(notice({ kind: "task_given" }))).toBe("/customers/7");
    expect(hrefOf(notice({ kind: "task_given", customer: null }))).toBe("/");
    const many = { kind: "handed_over", customer: null, record: { type: "hand_over", id: 4 } };
    expect(hrefOf(notice(many))).toBe("/customers?owner=me");
  });

  test("stands under today or before, by the day in Shanghai", () => {
    const early = notice({ id: 2, created_at: "2026-11-17T16:05:00Z" });
    const before = notice({ id: 3, created_at: "2026-11-17T15:55:00Z" });
    const groups = grouped([notice(), early, before], "2026-11-18");
    expect(groups.map(({ when, items }) => [when, items.map(({ id }) => id)])).toEqual([
      ["today", [1, 2]],
      ["earlier", [3]],
    ]);
    expect(grouped([before], "2026-11-18").map(({ when }) => when)).toEqual(["earlier"]);
  });

  test("breaks in only where it cannot wait", () => {
    expect(isUrgent("task_due")).toBe(true);
    expect(isUrgent("task_given")).toBe(true);
    expect(isUrgent("digest")).toBe(false);
  });

  test("makes stale what it changes, and nothing else", () => {
    for (const kind of ["task_given", "handed_over", "pool_fell"])
      expect(staleAfter(["digest", kind])).toEqual(["today", "tasks", "customers", "pool"]);
    expect(staleAfter(["digest", "task_due"])).toEqual([]);
  });

  test("is counted on the bell as far as there is room", () => {
    expect([0, 7, 99, 100].map(badgeText)).toEqual(["", "7", "99", "99+"]);
  });
});
