import { expect, test } from "vitest";
import type { TeamRow } from "@/api/generated/zhike.schemas";
import { shareOf, totalsOf, waited } from "@/rooms/care/today/team";

const row = (id: number, overdue: number, oldest: string | null): TeamRow => ({
  person: { id, name: `同事${id}`, department: null },
  ...{ overdue, due: 1, oldest_overdue_on: oldest, unplanned: 2, late: 1, late_rate: 0.1 },
});
const rows = [row(1, 12, "2026-11-03"), row(2, 1, "2026-10-30"), row(3, 0, null)];

test("the team in one line: sums, who is behind, and the day that waited longest", () => {
  expect(totalsOf(rows)).toEqual({
    ...{ overdue: 13, due: 3, unplanned: 6, late: 3 },
    ...{ oldest: "2026-10-30", behind: 2 },
  });
  expect(totalsOf([])).toMatchObject({ overdue: 0, oldest: null, behind: 0 });
});

test("a bar is as long as its part of the longest, and one task is never invisible", () => {
  expect(shareOf(12, rows)).toBe(1);
  expect(shareOf(6, rows)).toBe(0.5);
  expect(shareOf(1, [row(1, 400, null)])).toBe(0.04);
  expect(shareOf(0, rows)).toBe(0);
});

test("how long the oldest waits", () => {
  expect(waited("2026-10-30", "2026-11-18")).toBe(19);
});
