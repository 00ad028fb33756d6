import { expect, it } from "vitest";
import {
  filterPeople,
  headCounts,
  likelySuccessors,
  shownBranches,
} from "@/rooms/access/peopleFilter";
import { colleague } from "@/rooms/access/roleSamples";

const EAST = { id: 1, name: "华东", parent_id: null, people: 1 };
const HANGZHOU = { id: 2, name: "杭州", parent_id: 1, people: 2 };
const NORTH = { id: 4, name: "华北", parent_id: null, people: 0 };
const DEPARTMENTS = [EAST, HANGZHOU, NORTH];

const LI = colleague({ id: 1, name: "李强", username: "liqiang", department: EAST });
const WANG = colleague({ id: 2, name: "王小梅", department: HANGZHOU });
const ZHAO = colleague({
  id: 3,
  name: "赵敏",
  department: HANGZHOU,
  role: "service",
  role_name: "客服",
});
const SUN = colleague({ id: 4, name: "孙立", username: "sunli" });
const GONE = colleague({ id: 5, name: "周舟", department: HANGZHOU, is_active: false });
const PROGRAM = colleague({ id: 6, name: "官网", is_service: true });
const PEOPLE = [LI, WANG, ZHAO, SUN, GONE, PROGRAM];

const names = (found: { name: string }[]) => found.map((one) => one.name);

it("shows the people of a department and of those below it", () => {
  const at = (place: number | "all" | "none", isActive = true) =>
    names(filterPeople(PEOPLE, DEPARTMENTS, { place, text: "", isActive }));
  expect(at(1)).toEqual(["李强", "王小梅", "赵敏"]);
  expect(at(2)).toEqual(["王小梅", "赵敏"]);
  expect(at(2, false)).toEqual(["周舟"]);
  expect(at("none")).toEqual(["孙立", "官网"]);
  expect(at("all")).toHaveLength(5);
});

it("finds by name, sign-in name and role", () => {
  const find = (text: string) =>
    names(filterPeople(PEOPLE, DEPARTMENTS, { place: "all", text, isActive: true }));
  expect(find(" SUNLI ")).toEqual(["孙立"]);
  expect(find("客服")).toEqual(["赵敏"]);
});

it("counts those who work in a department or below it", () => {
  const counts = headCounts(PEOPLE, DEPARTMENTS);
  expect([counts.get(1), counts.get(2), counts.get(4)]).toEqual([3, 2, 0]);
});

it("thinks first of colleagues nearby in the same role, never of programs or leavers", () => {
  expect(names(likelySuccessors(WANG, PEOPLE))).toEqual(["赵敏", "李强", "孙立"]);
});

it("hides what lies below a closed branch", () => {
  expect(names(shownBranches(DEPARTMENTS, new Set([1])))).toEqual(["华东", "华北"]);
});
