/** How tiers are counted (server: customers/tiers.py). Amounts in yuan, lengths in months. */
export interface TierRules {
  money: { most: number; full: number };
  length: { most: number; full: number };
  frequency: { most: number; full: number };
  potential: { most: number };
  core: number;
  growth: number;
}

export type TierPart = "money" | "length" | "frequency" | "potential";
export const PARTS: TierPart[] = ["money", "length", "frequency", "potential"];
export const WHOLE = 100;

/** A made-up customer: yuan within the files, months of cooperation, purchases within a year, and
 * how promising it looks, in percent. */
export interface Example {
  money: number;
  length: number;
  frequency: number;
  potential: number;
}

export function sumOf(rules: TierRules): number {
  return PARTS.reduce((sum, part) => sum + rules[part].most, 0);
}

/** The points of a customer part by part, as the server counts them. */
export function pointsOf(example: Example, rules: TierRules): Record<TierPart, number> {
  const points = (most: number, value: number, full: number) =>
    Math.max(0, Math.min(most, Math.floor((most * value) / full)));
  return {
    money: points(rules.money.most, example.money, rules.money.full),
    length: points(rules.length.most, example.length, rules.length.full),
    frequency: points(rules.frequency.most, example.frequency, rules.frequency.full),
    potential: points(rules.potential.most, example.potential, WHOLE),
  };
}

export function tierOf(points: number, rules: TierRules): "core" | "growth" | "normal" {
  if (points >= rules.core) return "core";
  return points >= rules.growth ? "growth" : "normal";
}

/** The same proportions, made to give 100 together; what rounding leaves goes to the largest. */
export function balanced(rules: TierRules): TierRules {
  const sum = sumOf(rules);
  const share = (part: TierPart) =>
    sum === 0 ? WHOLE / PARTS.length : Math.floor((rules[part].most * WHOLE) / sum);
  const most = Object.fromEntries(PARTS.map((part) => [part, share(part)])) as Record<
    TierPart,
    number
  >;
  const rest = WHOLE - PARTS.reduce((total, part) => total + most[part], 0);
  const largest = PARTS.reduce((one, other) => (most[other] > most[one] ? other : one));
  most[largest] += rest;
  return {
    ...rules,
    money: { ...rules.money, most: most.money },
    length: { ...rules.length, most: most.length },
    frequency: { ...rules.frequency, most: most.frequency },
    potential: { most: most.potential },
  };
}
