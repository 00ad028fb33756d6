import { describe, expect, it } from "vitest";
import { nextSort } from "@/ui/grid/GridHead";
import type { GridColumn } from "@/ui/grid/gridTypes";
import { toggled } from "@/ui/grid/useGridActions";
import { completeOrder, moved } from "@/ui/grid/useGridColumns";

const columns = [{ id: "name", primary: true }, { id: "type" }, { id: "money" }, { id: "owner" }];

describe("a remembered order of columns", () => {
  it("survives columns that came or went since", () => {
    expect(completeOrder(["name", "owner", "gone", "type"], columns)).toEqual([
      "name",
      "owner",
      "money",
      "type",
    ]);
  });

  it("keeps the name first whatever was stored", () => {
    expect(completeOrder(["owner", "name", "type", "money"], columns)[0]).toBe("name");
  });

  it("puts a dragged column where it was dropped, in both directions", () => {
    const order = ["a", "b", "c", "d"];
    expect(moved(order, "a", "c")).toEqual(["b", "c", "a", "d"]);
    expect(moved(order, "d", "b")).toEqual(["a", "d", "b", "c"]);
    expect(moved(order, "b", "b")).toEqual(order);
  });
});

describe("sorting by the head", () => {
  const money = { id: "m", sort: "money", sortFirst: "down" } as GridColumn<{ id: number }>;
  it("begins with the order people want, turns it round, then lets go", () => {
    expect(nextSort(money, undefined)).toBe("-money");
    expect(nextSort(money, "-money")).toBe("money");
    expect(nextSort(money, "money")).toBeUndefined();
    expect(nextSort(money, "name")).toBe("-money");
  });
});

describe("selecting rows", () => {
  const rows = [1, 2, 3, 4, 5].map((id) => ({ id }));
  it("adds and removes one", () => {
    expect([...toggled(rows, new Set([1]), 2, null)]).toEqual([1, 3]);
    expect([...toggled(rows, new Set([1, 3]), 2, null)]).toEqual([1]);
  });
  it("takes a range from either end", () => {
    expect([...toggled(rows, new Set([2]), 3, 1)].sort()).toEqual([2, 3, 4]);
    expect([...toggled(rows, new Set(), 1, 3)].sort()).toEqual([2, 3, 4]);
  });
});
