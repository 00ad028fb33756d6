import { describe, expect, it } from "vitest";
import type { CustomerChecklists, StageLists } from "@/api/generated/zhike.schemas";
import { courseOf, doneIn, withTick } from "@/rooms/care/sheets/ticking";

const step = (key: string, done = false) => ({
  key,
  text: key,
  done,
  done_by: done ? { id: 2, name: "李雷" } : null,
  done_at: done ? "2026-11-20T02:00:00Z" : null,
});

function stage(name: string, id: number, done: boolean[], is_current = false): StageLists {
  const items = done.map((one, place) => step(`${name}${place}`, one));
  const ticked = done.filter(Boolean).length;
  const lists = [{ id, title: name, items, done: ticked, total: done.length }];
  return { stage: name, label: name, is_current, lists };
}

const LISTS: CustomerChecklists = {
  items: [
    stage("contact", 1, [true, true]),
    stage("needs", 2, [true, false], true),
    stage("proposal", 3, [false]),
    stage("won", 4, [true, false]),
  ],
};

const me = { id: 1, name: "王小梅" };

describe("a tick", () => {
  it("stands with who and when, and counts", () => {
    const now = new Date("2026-11-22T03:00:00Z");
    const list = withTick(LISTS, 2, "needs1", me, now).items[1]?.lists[0];
    expect(list?.done).toBe(2);
    expect(list?.items[1]).toMatchObject({ done: true, done_by: me, done_at: now.toISOString() });
  });

  it("taken back leaves nothing, and other lists as they are", () => {
    const after = withTick(LISTS, 2, "needs0", null);
    expect(after.items[1]?.lists[0]).toMatchObject({ done: 0 });
    expect(after.items[1]?.lists[0]?.items[0]).toMatchObject({ done_by: null, done_at: null });
    expect(after.items[0]).toEqual(LISTS.items[0]);
  });
});

describe("the course of a customer", () => {
  it("opens the present stage, folds what is behind and what was begun", () => {
    const { now, others, ahead } = courseOf(LISTS);
    expect(now?.stage).toBe("needs");
    expect(others.map((one) => one.stage)).toEqual(["contact", "won"]);
    expect(ahead.map((one) => one.stage)).toEqual(["proposal"]);
  });

  it("without a stage has only what was begun behind it", () => {
    const items = LISTS.items.map((one) => ({ ...one, is_current: false }));
    const { now, others, ahead } = courseOf({ items });
    expect(now).toBeNull();
    expect(others.map((one) => one.stage)).toEqual(["contact", "needs", "won"]);
    expect(ahead.map((one) => one.stage)).toEqual(["proposal"]);
  });

  it("counts over all lists of a stage", () => {
    const two = stage("needs", 2, [true, false]);
    two.lists.push(...stage("needs", 5, [true]).lists);
    expect(doneIn(two)).toEqual({ done: 2, total: 3 });
  });
});
