import { expect, it } from "vitest";
import { FieldRights } from "@/api/fieldGroups";
import { allowedFilters } from "@/rooms/customers/list/filters";

const marketing = new FieldRights({
  basic: "read",
  contact: "masked",
  phone: "masked",
  money: "hidden",
  notes: "hidden",
});

it("hides, masks, shows and opens fields by the level of their group", () => {
  expect([marketing.shows("contract_amount"), marketing.shows("risk")]).toEqual([false, false]);
  expect([marketing.shows("mobile"), marketing.reads("mobile")]).toEqual([true, false]);
  expect([marketing.reads("type"), marketing.edits("type")]).toEqual([true, false]);
  expect(new FieldRights({ basic: "edit" }).edits("name")).toBe(true);
});

it("shows nothing of a group the server did not name", () => {
  expect(marketing.shows("identity")).toBe(false);
});

it("asks the definitions first where a field was moved to another group, or is the customer's own", () => {
  const moved = new FieldRights(
    { basic: "edit", money: "hidden" },
    { budget: "money", x1: "basic" },
  );
  expect([moved.shows("budget"), moved.edits("x1")]).toEqual([false, true]);
});

it("drops conditions on hidden fields, keeps the others", () => {
  const filters = { field: ["contract_amount:ge:5", "name:has:华"], dormant: true };
  expect(allowedFilters(filters, marketing)).toEqual({ field: ["name:has:华"], dormant: true });
  expect(allowedFilters({ field: ["risk:filled"] }, marketing)).toEqual({});
});

it("drops filters and an order that would tell of hidden fields", () => {
  expect(allowedFilters({ sort: "-contract_amount", type: "old", q: "华" }, marketing)).toEqual({
    type: "old",
    q: "华",
  });
  expect(allowedFilters({ sort: "-created_at", next: "today", open: 3 }, marketing)).toEqual({
    sort: "-created_at",
    next: "today",
    open: 3,
  });
});
