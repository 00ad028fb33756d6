import { expect, it } from "vitest";
import type { AuditItem } from "@/api/audit";
import { auditByDay, auditQuery, auditValue, readAuditFilters } from "@/rooms/trail/audit";

it("takes from the address what fits, and leaves out the rest", () => {
  expect(
    readAuditFilters({ person: "3", group: "reveal", from: "2026-11-01", q: 12345, evil: "x" }),
  ).toEqual({ person: 3, group: "reveal", from: "2026-11-01", q: "12345" });
  expect(readAuditFilters({ person: "abc", customer: -1, to: "gestern", group: "" })).toEqual({});
});

it("asks the server for a kind of event under its own name", () => {
  expect(auditQuery({ group: "reveal", person: 3 })).toEqual({ verb_group: "reveal", person: 3 });
  expect(auditQuery({})).toEqual({});
});

it("puts events under their day in Shanghai, in the order they came", () => {
  const at = (id: number, at: string) => ({ id, at }) as AuditItem;
  const days = auditByDay([
    at(3, "2026-11-18T16:30:00Z"),
    at(2, "2026-11-18T15:59:00Z"),
    at(1, "2026-11-18T01:00:00Z"),
  ]);
  expect(days.map(({ day, items }) => [day, items.map(({ id }) => id)])).toEqual([
    ["2026-11-19", [3]],
    ["2026-11-18", [2, 1]],
  ]);
});

it("tells values as people read them", () => {
  expect(auditValue(true)).toBe("✓");
  expect(auditValue(null)).toBe("");
  expect(auditValue(["老客户", "重点"])).toBe("老客户、重点");
  expect(auditValue({ reach: "own" })).toBe('{"reach":"own"}');
});
