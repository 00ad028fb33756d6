import { describe, expect, it } from "vitest";
import type { PhraseOut } from "@/api/generated/zhike.schemas";
import { grouped, inPlace, narrowed, objectionsOf, stagesOf } from "@/rooms/care/sheets/phrases";

const STAGES = [
  { value: "contact", label: "初步接触" },
  { value: "needs", label: "需求确认" },
];

function phrase(id: number, part: Partial<PhraseOut>): PhraseOut {
  const base = { version: 1, stage: "", objection: "", title: `${id}`, body: "", tags: [] };
  return { ...base, id, roles: [], position: id * 10, used: 0, fits: [], ...part };
}

const OPENING = phrase(1, { stage: "contact", title: "开场", body: "我是做ERP的", position: 30 });
const ASKING = phrase(2, { stage: "needs", title: "问预算", tags: ["外贸"] });
const PRICE = phrase(3, { stage: "needs", objection: "价格高", title: "换成加量" });
const RETIRED = phrase(4, { stage: "old", title: "老话", position: 1 });
const ALL = [PRICE, OPENING, ASKING, RETIRED];
const NOTHING = { words: "", stage: null, objection: null };

describe("narrowing phrases", () => {
  it("looks at all words, in any part, whatever their case", () => {
    expect(narrowed(ALL, { ...NOTHING, words: " 开场 erp " })).toEqual([OPENING]);
    expect(narrowed(ALL, { ...NOTHING, words: "外贸" })).toEqual([ASKING]);
    expect(narrowed(ALL, { ...NOTHING, words: "开场 外贸" })).toEqual([]);
  });

  it("takes the stage and the objection together, and keeps the order", () => {
    expect(narrowed(ALL, { ...NOTHING, stage: "needs" })).toEqual([PRICE, ASKING]);
    expect(narrowed(ALL, { ...NOTHING, stage: "contact", objection: "价格高" })).toEqual([]);
  });

  it("offers what there are phrases for", () => {
    expect(objectionsOf(ALL)).toEqual(["价格高"]);
    expect(stagesOf([OPENING], STAGES)).toEqual([STAGES[0]]);
  });
});

describe("the settings", () => {
  it("list by stage, then by objection, each in its place; a stage of before is not lost", () => {
    const groups = grouped(ALL, STAGES);
    expect(groups.map(({ name }) => name)).toEqual(["初步接触", "需求确认", "old", "价格高"]);
    expect(groups.map(({ phrases }) => phrases.length)).toEqual([1, 1, 1, 1]);
    expect(groups.at(-1)?.isObjection).toBe(true);
  });

  it("keep their own order, not that of use", () => {
    expect(inPlace(ALL).map(({ id }) => id)).toEqual([4, 2, 1, 3]);
  });
});
