import type { ContactOut } from "@/api/generated/zhike.schemas";

export type ChainPerson = Pick<
  ContactOut,
  "id" | "name" | "title" | "role" | "stance" | "reports_to_id" | "is_primary"
>;

export interface Level<Person extends ChainPerson> {
  /** A role of the dictionary; "" for those nobody gave one. */
  role: string;
  people: Person[];
}

/** From who decides down to who uses it. */
const ROLES = ["decides", "influences", "buys", "uses"] as const;

/** The people of a customer by what they have to say, from the top; roles of the organisation's own
 * come after ours, and last those without one. Levels with nobody stand too, so that one sees who is
 * missing, unless it is the last. */
export function levelsOf<Person extends ChainPerson>(contacts: Person[]): Level<Person>[] {
  const known = new Set<string>(ROLES);
  const others = [...new Set(contacts.map((one) => one.role))].filter(
    (role) => role && !known.has(role),
  );
  const levels = [...ROLES, ...others].map((role) => ({
    role: role as string,
    people: contacts.filter((one) => one.role === role),
  }));
  const rest = contacts.filter((one) => !one.role);
  return rest.length > 0 ? [...levels, { role: "", people: rest }] : levels;
}

/** Who reports to whom, as pairs of ids: [below, above]. */
export function reportsOf(contacts: ChainPerson[]): [number, number][] {
  const here = new Set(contacts.map((one) => one.id));
  return contacts.flatMap(({ id, reports_to_id }) =>
    reports_to_id !== null && here.has(reports_to_id) ? [[id, reports_to_id]] : [],
  );
}

/** Is there anything to draw yet? */
export function hasChain(contacts: ChainPerson[]): boolean {
  return contacts.some((one) => one.role !== "") || reportsOf(contacts).length > 0;
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const BEND = 18;
const AROUND = 26;
const STEPS = 24;

/** The path of a line from a card up to the one above it. Where it would run through other cards it
 * goes around them at the right; between neighbours of one level, in an arc below. */
export function linePath(from: Box, to: Box, others: Box[] = []): string {
  const x1 = from.left + from.width / 2;
  const x2 = to.left + to.width / 2;
  const isAbove = to.top + to.height <= from.top + 1;
  const isBelow = from.top + from.height <= to.top + 1;
  if (!isAbove && !isBelow) {
    const y1 = from.top + from.height;
    const y2 = to.top + to.height;
    const low = Math.max(y1, y2) + BEND;
    return `M ${x1} ${y1} C ${x1} ${low}, ${x2} ${low}, ${x2} ${y2}`;
  }
  const y1 = isAbove ? from.top : from.top + from.height;
  const y2 = isAbove ? to.top + to.height : to.top;
  const half = (y1 + y2) / 2;
  const inTheWay = others.filter((box) => crosses(x1, y1, x2, y2, box));
  if (inTheWay.length === 0) return `M ${x1} ${y1} C ${x1} ${half}, ${x2} ${half}, ${x2} ${y2}`;
  const right = Math.max(...[from, to, ...inTheWay].map((box) => box.left + box.width)) + AROUND;
  const middle = (box: Box) => box.top + box.height / 2;
  const edge = (box: Box) => box.left + box.width;
  return (
    `M ${edge(from)} ${middle(from)} C ${right} ${middle(from)}, ${right} ${middle(from)}, ` +
    `${right} ${(middle(from) + middle(to)) / 2} S ${right} ${middle(to)}, ${edge(to)} ${middle(to)}`
  );
}

/** Does the curve between two points run through a card? */
function crosses(x1: number, y1: number, x2: number, y2: number, box: Box): boolean {
  for (let step = 1; step < STEPS; step += 1) {
    const at = step / STEPS;
    // The cubic with both handles at half the height.
    const x = x1 + (x2 - x1) * (3 * at * at - 2 * at ** 3);
    const y = y1 + (y2 - y1) * (1.5 * at - 1.5 * at * at + at ** 3);
    const isInside =
      x > box.left && x < box.left + box.width && y > box.top && y < box.top + box.height;
    if (isInside) return true;
  }
  return false;
}
