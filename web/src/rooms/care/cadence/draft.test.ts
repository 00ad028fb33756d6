import { describe, expect, test } from "vitest";
import type { CadenceRuleOut } from "@/api/generated/zhike.schemas";
import { draftOf, saidOf, withRule } from "@/rooms/care/cadence/draft";
import { placedBack } from "@/rooms/care/cadence/queries";

const rule = (id: number, part: Partial<CadenceRuleOut> = {}): CadenceRuleOut => ({
  ...{ id, version: 1, shelf: "own", key: `own-${id}`, name: `规则${id}`, track: "follow_up" },
  ...{ when: [], every: 2, unit: "week", first_within: null, ways: ["phone"], matter: "" },
  ...{ is_on: true, position: 10 * id, told: "" },
  ...part,
});

describe("a rule as it is written", () => {
  test("goes to the server without blanks around its words", () => {
    const said = saidOf({ ...draftOf(null), name: " 每月 ", matter: " 问候 ", first_within: 7 });
    expect(said).toMatchObject({ name: "每月", matter: "问候", every: 2, first_within: 7 });
  });

  test("a return visit has no first contact of its own", () => {
    const draft = { ...draftOf(rule(1, { first_within: 7 })), track: "return_visit" as const };
    expect(saidOf(draft)?.first_within).toBeNull();
  });

  test("half a condition or no interval cannot be tried out", () => {
    expect(saidOf({ ...draftOf(rule(1)), when: null })).toBeNull();
    expect(saidOf({ ...draftOf(rule(1)), every: null })).toBeNull();
  });
});

describe("a set with one rule changed", () => {
  const said = saidOf({ ...draftOf(rule(2)), every: 3, name: "" });

  test("keeps its order, and what is switched off stays so", () => {
    const held = [rule(1), rule(2, { is_on: false }), rule(3)];
    const tried = said && withRule(held, held[1] ?? null, said, "这条规则");
    expect(tried?.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(tried?.[1]).toMatchObject({ every: 3, is_on: false, name: "这条规则" });
  });

  test("a new one stands at the end", () => {
    const tried = said && withRule([rule(1)], null, said, "这条规则");
    expect(tried?.map(({ id }) => id)).toEqual([1, undefined]);
    expect(tried?.[1]?.is_on).toBe(true);
  });
});

describe("a removed rule comes back where it was", () => {
  const before = [rule(1), rule(2), rule(3)];

  test("in the middle, also where others were added meanwhile", () => {
    const now = { rules: [rule(1), rule(3), rule(8), rule(9)] };
    expect(placedBack(now, before, 2, 9)).toEqual([1, 9, 3, 8]);
  });

  test("at the end", () => {
    expect(placedBack({ rules: [rule(1), rule(2), rule(9)] }, before, 3, 9)).toEqual([1, 2, 9]);
  });

  test("rules of other sets are left out", () => {
    const now = { rules: [rule(7, { shelf: "tiers" }), rule(2), rule(3), rule(9)] };
    expect(placedBack(now, before, 1, 9)).toEqual([9, 2, 3]);
  });
});
