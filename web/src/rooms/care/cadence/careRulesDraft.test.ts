import { expect, test } from "vitest";
import { changedOf, countChanges } from "@/rooms/care/cadence/careRulesDraft";

const held = {
  ...{
    shelf: "types",
    seen: "1a",
    plans_itself: true,
    guard: { core: 0, growth: 4, normal: 2, "": 2 },
  },
  ...{ late_hours: 24, unplanned_days: 30, long_record: 300 },
  ...{ quiet_from: "21:00:00", quiet_to: "08:00:00", digest_at: "08:30:00", remind_at: "09:00:00" },
};

test("only what differs is sent", () => {
  const changed = changedOf(held, { late_hours: 48, guard: { normal: 3, "": 2 } });
  expect(changed).toEqual({ late_hours: 48, guard: { normal: 3 } });
  expect(countChanges(changed)).toBe(2);
});

test("what was put back, or is the same time of day, is no change", () => {
  const changed = changedOf(held, { plans_itself: true, digest_at: "08:30", guard: { core: 0 } });
  expect(changed).toEqual({});
  expect(countChanges(changed)).toBe(0);
});
