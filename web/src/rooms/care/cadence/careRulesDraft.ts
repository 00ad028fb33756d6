import type { CareRulesOut, CareRulesPatch } from "@/api/generated/zhike.schemas";

/** What was changed of the settings and is not saved yet. */
export type RulesDraft = Partial<Omit<CareRulesOut, "shelf" | "seen">>;

/** The tiers with a limit of their own; the empty one is for customers without a tier. */
export const TIERS = ["core", "growth", "normal", ""];

/** What differs from what is held: only that is sent. */
export function changedOf(held: CareRulesOut, draft: RulesDraft): Omit<CareRulesPatch, "seen"> {
  const { guard, ...others } = draft;
  const names = Object.keys(others) as (keyof typeof others)[];
  const changed = names.filter((name) => !isSame(held[name], others[name]));
  const limits = Object.entries(guard ?? {}).filter(([tier, most]) => held.guard[tier] !== most);
  return {
    ...Object.fromEntries(changed.map((name) => [name, others[name]])),
    ...(limits.length > 0 && { guard: Object.fromEntries(limits) }),
  };
}

export function countChanges({ guard, ...others }: Omit<CareRulesPatch, "seen">): number {
  return Object.keys(others).length + Object.keys(guard ?? {}).length;
}

/** Times of day come with seconds and are typed without. */
function isSame(held: unknown, value: unknown): boolean {
  if (typeof held === "string" && typeof value === "string") {
    return held.slice(0, 5) === value.slice(0, 5);
  }
  return held === value;
}
