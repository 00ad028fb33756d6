import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { countFilters, queryOf, readFilters } from "@/rooms/customers/list/filters";

describe("filters in the address", () => {
  it("takes what fits and leaves out the rest", () => {
    expect(
      readFilters({ q: "华为", tag: "3", is_key: "true", next: "overdue", open: 12, evil: "x" }),
    ).toEqual({ q: "华为", tag: 3, is_key: true, next: "overdue", open: 12 });
    expect(readFilters({ tag: "abc", next: "someday", open: -1, q: "" })).toEqual({});
  });

  it("takes conditions on any field that can be one, ten at most", () => {
    expect(readFilters({ field: ["x1:ge:5", "remark:empty", "nonsense", "x1:like:5", 3] })).toEqual(
      {
        field: ["x1:ge:5", "remark:empty"],
      },
    );
    expect(readFilters({ field: "x7:eq:https://a.cn" })).toEqual({ field: ["x7:eq:https://a.cn"] });
    const many = Array.from({ length: 12 }, (_, number) => `x${number + 1}:filled`);
    expect(readFilters({ field: many }).field).toHaveLength(10);
    expect(readFilters({ life: "paused", dormant: "true", region: 440300 })).toEqual({
      life: "paused",
      dormant: true,
      region: "440300",
    });
    expect(readFilters({ life: "gone", dormant: "no", region: "shenzhen" })).toEqual({});
  });

  it("keeps a search for digits a text", () => {
    expect(readFilters({ q: 8000 })).toEqual({ q: "8000" });
  });

  it("counts neither the search nor the open record", () => {
    expect(countFilters({ q: "华", open: 3, sort: "name", type: "old", is_key: true })).toBe(2);
    expect(countFilters({ field: ["x1:filled", "x2:empty"], dormant: true })).toBe(3);
  });
});

describe("filters as the server takes them", () => {
  beforeEach(() => vi.useFakeTimers({ now: new Date("2026-11-18T02:00:00Z") }));
  afterEach(() => vi.useRealTimers());

  it("turns words into days of today", () => {
    expect(queryOf({ next: "today" })).toEqual({ next_from: "2026-11-18", next_to: "2026-11-18" });
    expect(queryOf({ next: "week" })).toEqual({ next_from: "2026-11-18", next_to: "2026-11-22" });
    expect(queryOf({ next: "overdue" })).toEqual({ overdue: true });
    expect(queryOf({ next: "none" })).toEqual({ unplanned: true });
  });

  it("passes on conditions, life and dormancy as they are", () => {
    const filters = { field: ["x1:ge:5"], life: "all", dormant: true, region: "440300" } as const;
    expect(queryOf({ ...filters, field: [...filters.field], open: 3 })).toEqual(filters);
  });

  it("sends people by number, me and nobody by word", () => {
    expect(queryOf({ owner: "me" })).toEqual({ owner: "me" });
    expect(queryOf({ owner: "12", type: "old", open: 4, sort: "name" })).toEqual({
      owner: "12",
      type: ["old"],
    });
  });
});
