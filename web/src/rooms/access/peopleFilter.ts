import { works } from "@/api/people";
import { branches, within } from "@/rooms/access/queries";
import type { Colleague, Department } from "@/rooms/access/roleTypes";

/** A department with those below it, everybody, or those in none. */
export type Place = number | "all" | "none";

interface PeopleFilter {
  place: Place;
  /** Any part of a name, a sign-in name, an e-mail address or a role. */
  text: string;
  isActive: boolean;
}

export function filterPeople(
  people: Colleague[],
  departments: Department[],
  { place, text, isActive }: PeopleFilter,
): Colleague[] {
  const here = typeof place === "number" ? within(departments, place) : null;
  const wanted = text.trim().toLowerCase();
  return people.filter((one) => {
    if (one.is_active !== isActive) return false;
    if (place === "none" && one.department) return false;
    if (here && !(one.department && here.has(one.department.id))) return false;
    const words = [one.name, one.username, one.email, one.role_name];
    return wanted === "" || words.some((word) => word.toLowerCase().includes(wanted));
  });
}

/** How many work in each department and below it. */
export function headCounts(people: Colleague[], departments: Department[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { id } of departments) {
    const here = within(departments, id);
    const inside = people.filter(
      (one) => one.is_active && one.department && here.has(one.department.id),
    );
    counts.set(id, inside.length);
  }
  return counts;
}

/** Whom one would think of first to take over: colleagues of the same department, those of the one above it, the
 * same role. */
export function likelySuccessors<One extends Colleague>(leaver: Colleague, people: One[]): One[] {
  const others = people.filter((one) => works(one) && one.id !== leaver.id);
  const nearness = (one: Colleague) =>
    (one.department !== null && one.department.id === leaver.department?.id ? 4 : 0) +
    (one.department !== null && one.department.id === leaver.department?.parent_id ? 2 : 0) +
    (one.role === leaver.role ? 1 : 0);
  return [...others].sort((one, other) => nearness(other) - nearness(one));
}

/** Those whose branches stand closed hide what is below them. */
export function shownBranches(all: Department[], closed: ReadonlySet<number>) {
  const hidden = new Set<number>();
  return branches(all).filter((branch) => {
    const isHidden = branch.parent_id !== null && hidden.has(branch.parent_id);
    if (isHidden || closed.has(branch.id)) hidden.add(branch.id);
    return !isHidden;
  });
}
