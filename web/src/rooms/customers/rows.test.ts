import { expect, it } from "vitest";
import { changedRow } from "@/rooms/customers/queries";
import type { CustomerRow } from "@/rooms/customers/rows";

const row = { id: 1, name: "晨星教育", products: "" } as CustomerRow;

it("takes from a saved file what rows hold, and nothing else", () => {
  const saved = { name: "晨星", products: "云服务", background: "很长", custom: {} };
  expect(changedRow(row, saved)).toEqual({ id: 1, name: "晨星", products: "云服务" });
});

it("keeps the further columns the list asked for up to date", () => {
  const wide = { ...row, more: { x1: "旧", x2: 5, scale: "small" } };
  expect(changedRow(wide, { custom: { x1: "新" }, scale: "large" }).more).toEqual({
    x1: "新",
    x2: null,
    scale: "large",
  });
  expect(changedRow(wide, { name: "晨星" }).more).toEqual(wide.more);
});
