import {
  addRule as add,
  allFacts,
  allRules,
  changeRule as change,
  removeRule,
} from "@/api/generated/fields";
import { preview } from "@/api/generated/quality";
import type { RuleDraft, RuleIn, RulePatch } from "@/api/generated/zhike.schemas";

export type RuleLevel = "hint" | "warning" | "refusal";
export type ConditionValue = string | number | boolean | (string | number)[] | null;

export interface Condition {
  field: string;
  op: string;
  value?: ConditionValue;
}

/** 规则: where all of `when` holds, all of `must` has to hold too. */
export interface Rule {
  id: number;
  key: string;
  of: string;
  name: string;
  field: string;
  when: Condition[];
  must: Condition[];
  message: string;
  level: RuleLevel;
  is_on: boolean;
  position: number;
  version: number;
}

export type RuleSaid = Pick<
  Rule,
  "name" | "field" | "when" | "must" | "message" | "level" | "is_on"
>;

/** Something a condition can ask for. */
export interface Fact {
  name: string;
  label: string;
  type: string;
  dictionary: string;
}

/** A way to compare, and the types it fits. */
export interface Op {
  name: string;
  label: string;
  types: string[];
}

export interface RuleWords {
  facts: Fact[];
  ops: Op[];
}

export const listRules = () => allRules() as Promise<{ items: Rule[] }>;
export const ruleWords = (): Promise<RuleWords> => allFacts();
export const addRule = (body: RuleSaid) => add(body as RuleIn) as Promise<Rule>;
export const changeRule = (rule: Rule, body: Partial<RuleSaid>) =>
  change(rule.id, { ...body, version: rule.version } as RulePatch) as Promise<Rule>;
export const deleteRule = (id: number) => removeRule(id);
export const tryRule = ({ name, field, message, when, must }: RuleSaid, signal?: AbortSignal) =>
  preview({ name, field, message, when, must } as RuleDraft, signal && { signal });
