import { expect, it } from "vitest";
import { branches, within } from "@/rooms/access/queries";

const ALL = [
  { id: 3, name: "大客户组", parent_id: 2 },
  { id: 1, name: "华东", parent_id: null },
  { id: 2, name: "杭州", parent_id: 1 },
  { id: 4, name: "华北", parent_id: null },
];

it("puts each department right above those below it", () => {
  expect(branches(ALL).map((one) => [one.name, one.depth])).toEqual([
    ["华东", 0],
    ["杭州", 1],
    ["大客户组", 2],
    ["华北", 0],
  ]);
});

it("knows what a department cannot be moved into", () => {
  expect([...within(ALL, 1)].sort()).toEqual([1, 2, 3]);
});
