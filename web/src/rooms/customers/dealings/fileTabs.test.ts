import { expect, test } from "vitest";
import { readTab, tabsOf } from "@/rooms/customers/dealings/fileTabs";

test("an address names one of the tabs, anything else means the story", () => {
  expect(readTab("purchases")).toBe("purchases");
  expect(readTab("elsewhere")).toBe("story");
  expect(readTab(undefined)).toBe("story");
});

test("who may not see purchases and problems has no tab of them", () => {
  const none = tabsOf({ counts: { purchases: null, problems: null, attachments: 0 } });
  expect(none.map(([tab]) => tab)).toEqual(["story", "files", "growth"]);
  const all = tabsOf({ counts: { purchases: 0, problems: 3, attachments: 2 } });
  expect(all).toContainEqual(["purchases", 0]);
  expect(all).toContainEqual(["problems", 3]);
  expect(all).toContainEqual(["files", 2]);
});
