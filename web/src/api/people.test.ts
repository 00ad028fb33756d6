import { expect, test } from "vitest";
import { labelled } from "@/api/people";

const SALES = { id: 1, name: "销售一部", parent_id: null };
const SERVICE = { id: 2, name: "客服部", parent_id: null };

type Given = { name?: string; department?: typeof SALES | null; is_active?: boolean };

const labels = (...given: Given[]) =>
  labelled(
    given.map((part, at) => ({
      id: at + 1,
      name: "王伟",
      username: `wangwei${at + 1}`,
      department: null,
      is_active: true,
      ...part,
    })),
  ).map(({ label }) => label);

test("a name borne once stands alone", () => {
  expect(labels({ department: SALES }, { name: "李雷", department: SALES })).toEqual([
    "王伟",
    "李雷",
  ]);
});

test("namesakes are told apart by the department", () => {
  expect(labels({ department: SALES }, { department: SERVICE })).toEqual([
    "王伟 · 销售一部",
    "王伟 · 客服部",
  ]);
});

test("where the department tells nothing, by what they sign in with", () => {
  expect(labels({ department: SALES }, { department: SALES }, { department: SERVICE })).toEqual([
    "王伟 · 销售一部 · wangwei1",
    "王伟 · 销售一部 · wangwei2",
    "王伟 · 客服部",
  ]);
  // Two departments may be called the same in two places of the tree.
  expect(labels({ department: SALES }, { department: { ...SALES, id: 9 } })).toEqual([
    "王伟 · 销售一部 · wangwei1",
    "王伟 · 销售一部 · wangwei2",
  ]);
  expect(labels({}, { department: SALES })).toEqual(["王伟 · wangwei1", "王伟 · 销售一部"]);
});

test("who has left lengthens nobody's name, and is told from everybody", () => {
  const gone = { department: SALES, is_active: false };
  expect(labels({ department: SERVICE }, gone)).toEqual(["王伟", "王伟 · 销售一部"]);
  expect(labels(gone, gone)).toEqual(["王伟 · 销售一部 · wangwei1", "王伟 · 销售一部 · wangwei2"]);
});
