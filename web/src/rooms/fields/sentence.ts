import { t } from "@lingui/core/macro";
import { calendarText } from "@/lib/days";
import { moneyText } from "@/lib/money";
import type { Condition, ConditionValue, Fact, RuleWords } from "@/rooms/fields/ruleApi";

/** What stands for values that are only ids and codes. */
export interface Names {
  word: (dictionary: string, value: string) => string;
  person: (id: number) => string;
  industry: (code: string) => string;
  region: (code: string) => string;
}

/** One condition in words: what, how compared, with what (nothing for 已填写). */
export interface Told {
  fact: string;
  op: string;
  value: string;
}

/** 客户等级 是 A级, 合作天数 ≥ 365, 合作到期 晚于 合作开始. */
export function toldCondition(condition: Condition, words: RuleWords, names: Names): Told {
  const fact = words.facts.find((one) => one.name === condition.field);
  const told = { fact: fact?.label ?? condition.field, op: opText(condition.op, fact?.type ?? "") };
  if (!takesValue(condition.op)) return { ...told, value: "" };
  // 重点客户 是, not 重点客户 是 是.
  if (fact?.type === "yes_no" && condition.op === "eq") told.op = "";
  if (comparesFields(condition.op)) {
    const other = words.facts.find((one) => one.name === condition.value);
    return { ...told, value: other?.label ?? String(condition.value ?? "") };
  }
  return { ...told, value: fact ? valueText(fact, condition.value ?? null, names) : "" };
}

export function conditionText(condition: Condition, words: RuleWords, names: Names): string {
  const { fact, op, value } = toldCondition(condition, words, names);
  return [fact, op, value].filter(Boolean).join(" ");
}

/** Conditions that must all hold, as a part of a sentence. */
export function conditionsText(conditions: Condition[], words: RuleWords, names: Names): string {
  return conditions.map((one) => conditionText(one, words, names)).join(t` 且 `);
}

export function takesValue(op: string): boolean {
  return op !== "filled" && op !== "empty";
}

/** Is the other side a field, and not a value? */
export function comparesFields(op: string): boolean {
  return op === "before_field" || op === "after_field";
}

/** How a comparison is said of values of a type: numbers by signs, days by 早于 and 晚于. */
export function opText(op: string, type: string): string {
  const isDay = type === "date";
  const isSize = type === "number" || type === "money";
  switch (op) {
    case "filled":
      return t`已填写`;
    case "empty":
      return t`没有填写`;
    case "eq":
      return isSize ? "=" : t`是`;
    case "ne":
      return isSize ? "≠" : t`不是`;
    case "in":
      return type === "choices" ? t`含有` : t`是其中之一`;
    case "lt":
      return isDay ? t`早于` : "<";
    case "le":
      return isDay ? t`不晚于` : "≤";
    case "gt":
      return isDay ? t`晚于` : ">";
    case "ge":
      return isDay ? t`不早于` : "≥";
    case "before_field":
      return t`早于`;
    case "after_field":
      return t`晚于`;
    default:
      return op;
  }
}

function valueText(fact: Fact, value: ConditionValue, names: Names): string {
  if (Array.isArray(value)) return value.map((one) => valueText(fact, one, names)).join(t`、`);
  if (value === null || value === "") return "…";
  if (typeof value === "boolean") return value ? t`是` : t`否`;
  switch (fact.type) {
    case "money":
      return t`${moneyText(Number(value))}元`;
    case "date":
      return calendarText(String(value));
    case "choice":
    case "choices":
      return names.word(fact.dictionary, String(value));
    case "person":
      return names.person(Number(value));
    case "industry":
      return names.industry(String(value));
    case "region":
      return names.region(String(value));
    default:
      return String(value);
  }
}
