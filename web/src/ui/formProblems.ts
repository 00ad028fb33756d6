import type { FormInstance } from "antd";
import { ApiProblem, messageOf } from "@/api/problem";

/** Puts a refusal at the fields it speaks of. Gives the sentence that fits no field, or null. */
export function showProblems(form: FormInstance, error: unknown): string | null {
  if (!(error instanceof ApiProblem) || error.errors.length === 0) return messageOf(error);
  const values = form.getFieldsValue(true) as Record<string, unknown>;
  const known = new Set([...Object.keys(values), ...fieldNames(form)]);
  const placed = error.errors.filter((one) => known.has(one.field));
  form.setFields(placed.map((one) => ({ name: one.field, errors: [one.message] })));
  if (placed[0]) form.scrollToField(placed[0].field, { focus: true });
  const unplaced = error.errors.filter((one) => !known.has(one.field));
  if (placed.length === 0 && unplaced.length === 0) return error.message;
  return unplaced.map((one) => one.message).join(";") || null;
}

function fieldNames(form: FormInstance): string[] {
  return Object.keys(form.getFieldsValue()).map(String);
}
