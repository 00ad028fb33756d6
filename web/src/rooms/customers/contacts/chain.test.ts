import { expect, test } from "vitest";
import {
  type ChainPerson,
  hasChain,
  levelsOf,
  linePath,
  reportsOf,
} from "@/rooms/customers/contacts/chain";

const person = (id: number, role: string, reports_to_id: number | null = null): ChainPerson => ({
  id,
  role,
  reports_to_id,
  name: `第${id}位`,
  title: "",
  stance: "",
  is_primary: false,
});

test("levels stand from who decides to who uses, empty ones too", () => {
  const levels = levelsOf([person(1, "uses"), person(2, "decides"), person(3, "")]);
  expect(levels.map((one) => [one.role, one.people.map(({ id }) => id)])).toEqual([
    ["decides", [2]],
    ["influences", []],
    ["buys", []],
    ["uses", [1]],
    ["", [3]],
  ]);
});

test("a role of the organisation's own has its level; without anybody left over there is none", () => {
  const levels = levelsOf([person(1, "w5"), person(2, "buys")]);
  expect(levels.map((one) => one.role)).toEqual(["decides", "influences", "buys", "uses", "w5"]);
});

test("only reports between people who are there are drawn", () => {
  expect(reportsOf([person(1, "", 2), person(2, ""), person(3, "", 99)])).toEqual([[1, 2]]);
});

test("nobody with a role and nobody reporting is no chain", () => {
  expect(hasChain([person(1, ""), person(2, "")])).toBe(false);
  expect(hasChain([person(1, ""), person(2, "", 1)])).toBe(true);
  expect(hasChain([person(1, "buys")])).toBe(true);
});

test("a line leaves at the top and arrives at the bottom; within a level it runs below", () => {
  const above = { left: 0, top: 0, width: 100, height: 50 };
  const below = { left: 200, top: 100, width: 100, height: 50 };
  expect(linePath(below, above)).toBe("M 250 100 C 250 75, 50 75, 50 50");
  expect(linePath(above, below)).toBe("M 50 50 C 50 75, 250 75, 250 100");
  const beside = { left: 200, top: 0, width: 100, height: 50 };
  expect(linePath(above, beside)).toBe("M 50 50 C 50 68, 250 68, 250 50");
});

test("a line goes around the cards between, never through them", () => {
  const top = { left: 0, top: 0, width: 100, height: 50 };
  const middle = { left: 0, top: 100, width: 120, height: 50 };
  const bottom = { left: 0, top: 200, width: 100, height: 50 };
  const aside = { left: 300, top: 100, width: 100, height: 50 };
  expect(linePath(bottom, top, [aside])).toBe("M 50 200 C 50 125, 50 125, 50 50");
  expect(linePath(bottom, top, [middle, aside])).toBe(
    "M 100 225 C 146 225, 146 225, 146 125 S 146 25, 100 25",
  );
});
