import { expect, test } from "vitest";
import type { Story, StoryNode } from "@/api/generated/zhike.schemas";
import { chaptersOf } from "@/rooms/customers/growth/chapters";

const node = (on: string, title: string, is_key = false): StoryNode => ({
  on,
  title,
  is_key,
  kind: is_key ? "milestone" : "follow_up",
  body: "",
});
const STORY: Story = {
  chapters: [
    { year: 2024, nodes: [node("2024-03-08", "初次接触", true), node("2024-03-08", "电话")] },
    { year: 2025, nodes: [node("2025-01-02", "拜访")] },
  ],
  facts: {
    name: "青禾",
    code: "C1",
    since: "2024-03-08",
    days: 600,
    follow_ups: 2,
    purchases: null,
    bought_amount: null,
    key_nodes: 1,
    is_whole: true,
  },
};

test("a day is told once, however much happened on it", () => {
  const [first] = chaptersOf(STORY, false);
  expect(first?.lines.map((line) => [line.day, line.node.title])).toEqual([
    ["3月8日", "初次接触"],
    ["", "电话"],
  ]);
});

test("of key nodes only, years without one are gone", () => {
  const chapters = chaptersOf(STORY, true);
  expect(chapters.map((one) => one.year)).toEqual([2024]);
  expect(chapters[0]?.lines.map((line) => line.node.title)).toEqual(["初次接触"]);
});
