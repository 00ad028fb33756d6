import type { PersonOut } from "@/api/generated/zhike.schemas";

type Bearer = Pick<PersonOut, "id" | "name" | "username" | "department" | "is_active">;

/** Somebody who can be given something to do: still here, and no program. */
export function works(one: Pick<PersonOut, "is_active" | "is_service">): boolean {
  return one.is_active && !one.is_service;
}

/** The people, each with the label that tells them from their namesakes: 王伟, or 王伟 · 销售一部,
 * or 王伟 · 销售一部 · wangwei2 where a namesake works there too. */
export function labelled<One extends Bearer>(people: readonly One[]): (One & { label: string })[] {
  const bearers = new Map<string, One[]>();
  for (const one of people) bearers.set(one.name, [...(bearers.get(one.name) ?? []), one]);
  return people.map((one) => ({ ...one, label: labelOf(one, bearers.get(one.name) ?? []) }));
}

function labelOf(one: Bearer, bearers: readonly Bearer[]): string {
  // Who has left lengthens nobody's name, but is told from everybody.
  const namesakes = bearers.filter(
    (other) => other.id !== one.id && (other.is_active || !one.is_active),
  );
  if (namesakes.length === 0) return one.name;
  const place = one.department?.name;
  const isTold = place && namesakes.every(({ department }) => department?.name !== place);
  return [one.name, place, !isTold && one.username].filter(Boolean).join(" · ");
}
