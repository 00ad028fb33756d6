import type {
  Condition,
  ConditionValue,
  Fact,
  Rule,
  RuleSaid,
  RuleWords,
} from "@/rooms/fields/ruleApi";
import { comparesFields, takesValue } from "@/rooms/fields/sentence";

/** A condition while it is put together; `id` only tells the lines apart. */
export interface DraftCondition {
  id: string;
  field: string | null;
  op: string | null;
  value: ConditionValue;
}

export interface RuleDraft extends Omit<RuleSaid, "when" | "must" | "field"> {
  field: string | null;
  when: DraftCondition[];
  must: DraftCondition[];
}

export function emptyCondition(): DraftCondition {
  return { id: crypto.randomUUID(), field: null, op: null, value: null };
}

export function draftOfRule(rule: Rule | null): RuleDraft {
  if (!rule) {
    return {
      name: "",
      field: null,
      when: [],
      must: [emptyCondition()],
      message: "",
      level: "warning",
      is_on: true,
    };
  }
  const { name, field, message, level, is_on } = rule;
  return { name, field, message, level, is_on, when: drafted(rule.when), must: drafted(rule.must) };
}

/** Conditions as they stand, ready to be changed. */
export function drafted(list: readonly Condition[]): DraftCondition[] {
  return list.map((one) => ({ ...emptyCondition(), ...one, value: one.value ?? null }));
}

/** Conditions as the server takes them; null where one is not said to its end. A line with nothing
 * in it is no condition for everybody: it is to be finished or taken away. */
export function conditionsSaid(list: readonly DraftCondition[]): Condition[] | null {
  return list.every(isWhole) ? list.map(said) : null;
}

/** Is a condition said to its end? */
export function isWhole({ field, op, value }: DraftCondition): boolean {
  if (!field || !op) return false;
  if (!takesValue(op)) return true;
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== "";
}

/** The rule as the server takes it; null while something is missing. */
export function ruleSaid(draft: RuleDraft): RuleSaid | null {
  const when = conditionsSaid(draft.when);
  const must = conditionsSaid(draft.must);
  if (!when || !must || must.length === 0) return null;
  const field = draft.field ?? placeOf(draft);
  if (!field) return null;
  const { name, message, level, is_on } = draft;
  return {
    name: name.trim(),
    message: message.trim(),
    level,
    is_on,
    field,
    when,
    must,
  };
}

function said({ field, op, value }: DraftCondition): Condition {
  const plain = { field: field ?? "", op: op ?? "" };
  return takesValue(plain.op) ? { ...plain, value } : plain;
}

/** What the system computes itself has no place in the form. */
const COMPUTED: ReadonlySet<string> = new Set(["cooperation_days", "paid_last_year"]);

export function isComputed(field: string): boolean {
  return COMPUTED.has(field);
}

/** Where the rule is told unless somebody says so: at the first field that must be so. */
export function placeOf(draft: RuleDraft): string | null {
  const asked = [...draft.must, ...draft.when].map((one) => one.field);
  return asked.find((one) => one !== null && !isComputed(one)) ?? null;
}

/** The comparisons that fit a fact. */
export function opsOf(fact: Fact | undefined, words: RuleWords) {
  return fact ? words.ops.filter((one) => one.types.includes(fact.type)) : [];
}

/** A condition with another fact: what still fits is kept. */
export function withFact(condition: DraftCondition, fact: Fact, words: RuleWords): DraftCondition {
  const before = words.facts.find((one) => one.name === condition.field);
  const fitting = opsOf(fact, words).map((one) => one.name);
  const usual =
    fact.type === "date" || fact.type === "choice" || fact.type === "yes_no" ? "eq" : "ge";
  const first = fitting.includes(usual) ? usual : fitting[0];
  const isSame = before?.type === fact.type && before.dictionary === fact.dictionary;
  return {
    ...condition,
    field: fact.name,
    op: condition.op && fitting.includes(condition.op) ? condition.op : (first ?? null),
    value: isSame ? condition.value : null,
  };
}

/** A condition compared otherwise: a value stays where it still is one. */
export function withOp(condition: DraftCondition, op: string): DraftCondition {
  const before = condition.op ?? "";
  const isSame =
    takesValue(op) &&
    (op === "in") === (before === "in") &&
    comparesFields(op) === comparesFields(before);
  return { ...condition, op, value: isSame ? condition.value : null };
}
