import { describe, expect, it } from "vitest";
import { balanced, pointsOf, sumOf, type TierRules, tierOf } from "@/rooms/fields/tiers";

const RULES: TierRules = {
  money: { most: 40, full: 500_000 },
  length: { most: 20, full: 36 },
  frequency: { most: 20, full: 6 },
  potential: { most: 20 },
  core: 60,
  growth: 30,
};
const most = (money: number, length: number, frequency: number, potential: number): TierRules => ({
  ...RULES,
  money: { ...RULES.money, most: money },
  length: { ...RULES.length, most: length },
  frequency: { ...RULES.frequency, most: frequency },
  potential: { most: potential },
});
const mosts = (rules: TierRules) => [
  rules.money.most,
  rules.length.most,
  rules.frequency.most,
  rules.potential.most,
];

describe("points", () => {
  it("grow with the facts, never beyond the most, and are rounded down", () => {
    const example = { money: 300_000, length: 24, frequency: 3, potential: 50 };
    expect(pointsOf(example, RULES)).toEqual({
      money: 24,
      length: 13,
      frequency: 10,
      potential: 10,
    });
    expect(pointsOf({ ...example, money: 9_000_000 }, RULES).money).toBe(40);
  });

  it("make a tier from its threshold on", () => {
    expect(tierOf(60, RULES)).toBe("core");
    expect(tierOf(59, RULES)).toBe("growth");
    expect(tierOf(29, RULES)).toBe("normal");
  });
});

describe("parts that do not make 100", () => {
  it("are brought there in proportion", () => {
    expect(mosts(balanced(most(80, 40, 40, 40)))).toEqual([40, 20, 20, 20]);
    expect(sumOf(balanced(most(33, 33, 33, 33)))).toBe(100);
    expect(mosts(balanced(most(10, 10, 10, 0)))).toEqual([34, 33, 33, 0]);
  });

  it("are shared evenly where there is nothing", () => {
    expect(mosts(balanced(most(0, 0, 0, 0)))).toEqual([25, 25, 25, 25]);
  });
});
