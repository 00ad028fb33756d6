import { expect, test } from "vitest";
import { readPoolFilters } from "@/rooms/care/pool/filters";

test("an address tells what is looked for and whose falling customers are shown", () => {
  const told = { q: 12, sort: "came_on", falling: "team", open: "3" };
  expect(readPoolFilters(told)).toEqual({ q: "12", sort: "came_on", falling: "team", open: 3 });
  expect(readPoolFilters({ q: "", sort: "name", falling: "all", open: "-1" })).toEqual({});
});
