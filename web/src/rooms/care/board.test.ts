import { describe, expect, test } from "vitest";
import type { TaskOut, Today } from "@/api/generated/zhike.schemas";
import { movedTask, withoutTask } from "@/rooms/care/board";

const task = (id: number, due_on: string, due_time: string | null = null): TaskOut => ({
  id,
  version: 1,
  kind: "follow_up",
  title: "",
  materials: "",
  due_on,
  due_time,
  done_at: null,
  customer: null,
  assignee: { id: 1, name: "张三" },
  way: "",
  why: "",
  remind_before: null,
  remind_at: null,
  repeat: "",
  repeat_every: 1,
  repeat_until: null,
  series: null,
});

const late = task(1, "2026-11-15");
const now = task(2, "2026-11-18", "09:00:00");
const soon = task(3, "2026-11-20");
const page: Today = {
  date: "2026-11-18",
  weekday: "周三",
  is_workday: true,
  day_label: null,
  overdue: [late],
  due: [now],
  coming: [soon],
  new_customers: [],
  key_dates: [],
  late_rate: null,
  pool: { new: 0, falling: [] },
  promises: [],
  counts: { overdue: 1, due: 1, coming: 1, done_today: 0, customers: 3, follow_ups_week: 0 },
};

describe("the start page while the server is still at it", () => {
  test("a task that is done leaves its list and counts as done", () => {
    const after = withoutTask(page, 1, true);
    expect(after.overdue).toEqual([]);
    expect(after.counts).toMatchObject({ overdue: 0, done_today: 1 });
  });

  test("put off till tomorrow it stands under the coming days, in order", () => {
    const after = movedTask(page, late, "2026-11-19");
    expect(after.overdue).toEqual([]);
    expect(after.coming.map(({ id }) => id)).toEqual([1, 3]);
    expect(after.counts).toMatchObject({ overdue: 0, coming: 2, done_today: 0 });
  });

  test("drawn forward to today it stands behind what has a clock time", () => {
    expect(movedTask(page, soon, "2026-11-18").due.map(({ id }) => id)).toEqual([2, 3]);
  });

  test("beyond seven days it leaves the page", () => {
    const after = movedTask(page, now, "2026-12-18");
    expect([...after.due, ...after.coming].map(({ id }) => id)).toEqual([3]);
    expect(after.counts).toMatchObject({ due: 0, coming: 1 });
  });

  test("what was promised goes with the task, or moves with it", () => {
    const promised = { ...page, promises: [late, soon] };
    expect(withoutTask(promised, 1, true).promises).toEqual([soon]);
    const moved = movedTask(promised, late, "2026-11-19").promises;
    expect(moved.map(({ due_on }) => due_on)).toEqual(["2026-11-19", "2026-11-20"]);
  });

  test("a task of another page changes nothing", () => {
    expect(withoutTask(page, 99, true)).toBe(page);
    expect(movedTask(page, task(99, "2026-11-18"), "2026-11-19")).toBe(page);
  });
});
