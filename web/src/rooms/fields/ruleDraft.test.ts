import { describe, expect, it } from "vitest";
import type { RuleWords } from "@/rooms/fields/ruleApi";
import {
  conditionsSaid,
  draftOfRule,
  emptyCondition,
  placeOf,
  type RuleDraft,
  ruleSaid,
  withFact,
  withOp,
} from "@/rooms/fields/ruleDraft";

const NUMBER = { name: "cooperation_days", label: "合作天数", type: "number", dictionary: "" };
const GRADE = { name: "grade", label: "客户等级", type: "choice", dictionary: "grade" };
const SOURCE = { name: "source", label: "客户来源", type: "choice", dictionary: "source" };
const WORDS: RuleWords = {
  facts: [NUMBER, GRADE, SOURCE],
  ops: [
    { name: "filled", label: "已填写", types: ["number", "choice"] },
    { name: "eq", label: "是", types: ["number", "choice"] },
    { name: "in", label: "是其中之一", types: ["choice"] },
    { name: "ge", label: "不小于", types: ["number"] },
  ],
};
const graded = { ...emptyCondition(), field: "grade", op: "eq", value: "A" };
const long = { ...emptyCondition(), field: "cooperation_days", op: "ge", value: "365" };
const draft = (part: Partial<RuleDraft>): RuleDraft => ({ ...draftOfRule(null), ...part });

describe("a rule being put together", () => {
  it("is whole once every line begun is finished", () => {
    expect(ruleSaid(draft({ must: [long], field: "grade" }))).toMatchObject({
      when: [],
      must: [{ field: "cooperation_days", op: "ge", value: "365" }],
      field: "grade",
    });
    expect(ruleSaid(draft({ when: [{ ...graded, value: null }], must: [long] }))).toBeNull();
    expect(ruleSaid(draft({ when: [graded] }))).toBeNull();
  });

  it("is not for everybody where a line was begun and nothing chosen in it", () => {
    expect(conditionsSaid([])).toEqual([]);
    expect(conditionsSaid([emptyCondition()])).toBeNull();
    expect(conditionsSaid([graded, emptyCondition()])).toBeNull();
    expect(ruleSaid(draft({ when: [emptyCondition()], must: [graded] }))).toBeNull();
  });

  it("is told at the first field people can fill in", () => {
    expect(placeOf(draft({ when: [graded], must: [long] }))).toBe("grade");
    expect(ruleSaid(draft({ must: [long] }))).toBeNull();
  });

  it("sends no value where none is asked for", () => {
    const filled = { ...graded, op: "filled" };
    expect(ruleSaid(draft({ must: [filled] }))?.must).toEqual([{ field: "grade", op: "filled" }]);
  });
});

describe("a line that is changed", () => {
  it("gets a comparison that fits, and keeps a value only of the same list", () => {
    expect(withFact(graded, SOURCE, WORDS)).toMatchObject({ op: "eq", value: null });
    expect(withFact(emptyCondition(), NUMBER, WORDS)).toMatchObject({ op: "ge", value: null });
    expect(withFact({ ...long, op: "ge" }, GRADE, WORDS)).toMatchObject({ op: "eq", value: null });
  });

  it("keeps the value while it stays one", () => {
    expect(withOp(long, "eq").value).toBe("365");
    expect(withOp(graded, "in").value).toBeNull();
    expect(withOp(graded, "filled").value).toBeNull();
  });
});
