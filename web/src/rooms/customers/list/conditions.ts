import type { FieldType } from "@/api/fields";
import type { FieldDraft } from "@/ui/fields/FieldInput";
import type { RegionValue } from "@/ui/fields/RegionInput";

/** How a field can be compared; what stands before the value when one says it. */
export type Op = "eq" | "ne" | "in" | "ge" | "le" | "has" | "empty" | "filled";

/** One condition of the list, as it stands in the address: `key:op:value`. */
export interface Condition {
  key: string;
  op: Op;
  value: string;
}

const WORDS: readonly Op[] = ["has", "eq", "ne", "filled", "empty"];
const SIZES: readonly Op[] = ["ge", "le", "eq", "filled", "empty"];
const ONE: readonly Op[] = ["eq", "ne", "filled", "empty"];

/** What is offered for a type, the most asked first. */
const OFFERED: Readonly<Record<FieldType, readonly Op[]>> = {
  text: WORDS,
  long_text: ["has", "filled", "empty"],
  url: WORDS,
  industry: WORDS,
  region: ["has", "ne", "filled", "empty"],
  number: SIZES,
  money: SIZES,
  date: SIZES,
  date_range: ["has", "ge", "le", "filled", "empty"],
  choice: ["in", "ne", "filled", "empty"],
  choices: ["in", "filled", "empty"],
  yes_no: ["eq", "empty"],
  person: ONE,
  phone: ["eq", "filled", "empty"],
  email: ["eq", "filled", "empty"],
  birthday: ["filled", "empty"],
  identity: [],
  address: [],
  mobile: [],
  landline: [],
  wechat: [],
  attachment: ["filled", "empty"],
};

export function opsOf(type: FieldType): readonly Op[] {
  return OFFERED[type] ?? [];
}

export function needsValue(op: Op): boolean {
  return op !== "empty" && op !== "filled";
}

/** Several words can be chosen where one is enough to fit. */
export function isMany(op: Op): boolean {
  return op === "in";
}

/** Reads `x12:ge:5`; the value may hold colons itself. */
export function parseCondition(said: string): Condition {
  const [key = "", op = "", ...rest] = said.split(":");
  return { key, op: op as Op, value: rest.join(":") };
}

/** The condition as the server takes it; null while its value is not there yet. */
export function conditionCode(key: string, op: Op, draft: FieldDraft): string | null {
  if (!needsValue(op)) return `${key}:${op}`;
  const value = valueCode(draft);
  return value === "" ? null : `${key}:${op}:${value}`;
}

function valueCode(draft: FieldDraft): string {
  if (draft === null || draft === undefined) return "";
  if (Array.isArray(draft)) return draft.filter(Boolean).join(",");
  // A division is looked for by its whole name, which begins every place within it.
  if (typeof draft === "object") return (draft as RegionValue).label;
  return String(draft).trim();
}
