import type {
  CadenceRuleIn,
  CadenceRuleOut,
  Condition,
  DraftIn,
} from "@/api/generated/zhike.schemas";

type Track = CadenceRuleOut["track"];
type Unit = CadenceRuleOut["unit"];

/** A rule while it is being written. */
export interface RuleDraft {
  name: string;
  track: Track;
  /** null as long as a condition is half said. */
  when: Condition[] | null;
  every: number | null;
  unit: Unit;
  /** Days; null where the first contact is not asked for earlier. */
  first_within: number | null;
  ways: string[];
  matter: string;
}

/** A rule as the server takes it. */
export type RuleSaid = Required<Omit<CadenceRuleIn, "shelf" | "is_on">>;

export const UNITS: Unit[] = ["day", "week", "month"];

export function draftOf(rule: CadenceRuleOut | null): RuleDraft {
  if (!rule) {
    return {
      name: "",
      track: "follow_up",
      when: [],
      every: 2,
      unit: "week",
      first_within: null,
      ways: [],
      matter: "",
    };
  }
  const { name, track, when, every, unit, first_within, ways, matter } = rule;
  return { name, track, when, every, unit, first_within, ways, matter };
}

/** What was written, where it can be tried out; null while something is missing. */
export function saidOf(draft: RuleDraft): RuleSaid | null {
  const { name, track, when, every, unit, first_within, ways, matter } = draft;
  if (when === null || every === null) return null;
  return {
    name: name.trim(),
    track,
    when,
    every,
    unit,
    first_within: track === "follow_up" ? first_within : null,
    ways,
    matter: matter.trim(),
  };
}

/** A rule that stands, for trying out a set as a whole. */
export function asDraft(rule: CadenceRuleOut): RuleSaid & { id: number; is_on: boolean } {
  const { id, is_on } = rule;
  return { ...required(draftOf(rule)), id, is_on };
}

/** The rules of a set with one of them changed, or with one more at the end. A rule without a name
 * yet goes by `nameless`. */
export function withRule(
  rules: readonly CadenceRuleOut[],
  rule: CadenceRuleOut | null,
  said: RuleSaid,
  nameless: string,
): DraftIn[] {
  const named = { ...said, name: said.name || nameless };
  const changed = { ...named, ...(rule && { id: rule.id }), is_on: rule?.is_on ?? true };
  const others = rules.map((one) => (one.id === rule?.id ? changed : asDraft(one)));
  return rule ? others : [...others, changed];
}

/** The rules of a set, in the order of the server. */
export function rulesOf(rules: readonly CadenceRuleOut[], shelf: string): CadenceRuleOut[] {
  return rules.filter((one) => one.shelf === shelf);
}

/** Was it written by somebody here? One that came with the product can be switched off only. */
export function isOwn({ key }: Pick<CadenceRuleOut, "key">): boolean {
  return key.startsWith("own-");
}

function required(draft: RuleDraft): RuleSaid {
  return { ...draft, when: draft.when ?? [], every: draft.every ?? 1 };
}
