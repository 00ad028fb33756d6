import { type Definition, suits } from "@/api/fields";

/** What a required field counts that was given no weight (server: customers/completeness.py). */
const LEAST = 1;

function weightOf(field: Definition): number {
  if (field.is_fixed || field.archived) return 0;
  return field.weight || (field.need === "required" ? LEAST : 0);
}

/** How much of a complete file a field is, in percent, for companies or persons; null where such a
 * customer has not got it. A mobile is as good as a landline: the two count once. */
export function shareOf(field: Definition, all: Definition[], kind: string): number | null {
  if (!suits(field, kind)) return null;
  const others = all.filter(
    (one) => one.of !== "follow_up" && suits(one, kind) && !isSame(one, field),
  );
  const [phones, rest] = [others, others].map((list, at) =>
    list.filter((one) => isPhone(one) === (at === 0)),
  ) as [Definition[], Definition[]];
  const own = weightOf(field);
  const counted = isPhone(field) ? [...phones, field] : phones;
  const phone = Math.max(0, ...counted.map(weightOf));
  const whole = sum(rest) + phone + (isPhone(field) ? 0 : own);
  if (whole === 0) return 0;
  return Math.round((own / whole) * 100);
}

function isSame(one: Definition, other: Definition): boolean {
  return one.of === other.of && one.key === other.key;
}

function isPhone(field: Definition): boolean {
  return field.of === "contact" && (field.key === "mobile" || field.key === "landline");
}

function sum(fields: Definition[]): number {
  return fields.reduce((total, one) => total + weightOf(one), 0);
}
