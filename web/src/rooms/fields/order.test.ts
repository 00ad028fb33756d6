import { describe, expect, it } from "vitest";
import type { Definition } from "@/api/fields";
import { blocksOf, inOrder, moved, placesOf, renamed, shifted } from "@/rooms/fields/order";

const BLOCKS = [
  { name: "基本", keys: ["a", "b", "c"] },
  { name: "合作", keys: ["d", "e"] },
  { name: "新的", keys: [] },
];
const keysOf = (blocks: typeof BLOCKS) => blocks.map(({ keys }) => keys.join(""));
const field = (key: string, section: string, archived = false) =>
  ({ key, section, archived }) as Definition;

describe("moving a field", () => {
  it("takes the place of the one it is dropped on, downwards and upwards", () => {
    expect(keysOf(moved(BLOCKS, "a", { key: "c" }))).toEqual(["bca", "de", ""]);
    expect(keysOf(moved(BLOCKS, "c", { key: "a" }))).toEqual(["cab", "de", ""]);
  });

  it("goes before the one it is dropped on under another heading", () => {
    expect(keysOf(moved(BLOCKS, "a", { key: "e" }))).toEqual(["bc", "dae", ""]);
  });

  it("goes to the end of a heading it is dropped on, an empty one too", () => {
    expect(keysOf(moved(BLOCKS, "d", { block: "新的" }))).toEqual(["abc", "e", "d"]);
    expect(keysOf(moved(BLOCKS, "a", { block: "基本" }))).toEqual(["bca", "de", ""]);
  });

  it("stays where it is when dropped on itself or on nothing known", () => {
    expect(moved(BLOCKS, "a", { key: "a" })).toBe(BLOCKS);
    expect(moved(BLOCKS, "a", { key: "z" })).toBe(BLOCKS);
  });
});

describe("headings", () => {
  it("move up and down, the ends stay", () => {
    expect(shifted(BLOCKS, "合作", -1).map((one) => one.name)).toEqual(["合作", "基本", "新的"]);
    expect(shifted(BLOCKS, "基本", -1)).toBe(BLOCKS);
    expect(shifted(BLOCKS, "新的", 1)).toBe(BLOCKS);
  });

  it("join when one gets the name of another", () => {
    expect(renamed(BLOCKS, "合作", "基本")).toEqual([
      { name: "基本", keys: ["a", "b", "c", "d", "e"] },
      { name: "新的", keys: [] },
    ]);
  });
});

describe("fields in their places", () => {
  const fields = [
    field("a", "基本"),
    field("x", "旧", true),
    field("b", "合作"),
    field("c", "基本"),
  ];

  it("stand under headings in the order of their first field, archived ones apart", () => {
    expect(blocksOf(fields)).toEqual([
      { name: "基本", keys: ["a", "c"] },
      { name: "合作", keys: ["b"] },
    ]);
  });

  it("keep what was archived when the others are moved", () => {
    const blocks = moved(blocksOf(fields), "a", { key: "b" });
    expect(placesOf(blocks)).toEqual([
      { key: "c", section: "基本" },
      { key: "a", section: "合作" },
      { key: "b", section: "合作" },
    ]);
    expect(inOrder(fields, blocks).map((one) => `${one.key}${one.section}`)).toEqual([
      "c基本",
      "a合作",
      "b合作",
      "x旧",
    ]);
  });
});
