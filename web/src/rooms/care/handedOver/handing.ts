import type { HandedOver } from "@/api/generated/zhike.schemas";
import { readStored, writeStored } from "@/lib/stored";

/** So long a customer counts as just handed over. */
const FRESH_DAYS = 14;
const A_DAY = 24 * 60 * 60_000;
/** Older ones are no longer fresh by then. */
const REMEMBERED = 200;

/** One handing over of one customer. */
export function keyOf(customer: number, handing: HandedOver): string {
  return `${customer} ${handing.at}`;
}

/** Is it new to the owner: of the last two weeks, and not put away yet? */
export function isFresh(
  customer: number,
  handing: HandedOver,
  seen: readonly string[],
  now: number = Date.now(),
): boolean {
  if (seen.includes(keyOf(customer, handing))) return false;
  return now - Date.parse(handing.at) < FRESH_DAYS * A_DAY;
}

const placeOf = (person: number) => `handed-over.${person}`;

export function seenHandings(person: number): string[] {
  return readStored<string[]>(placeOf(person), []);
}

/** Remembers that it was read, and gives all that were. */
export function setSeen(person: number, customer: number, handing: HandedOver): string[] {
  const seen = [...seenHandings(person), keyOf(customer, handing)].slice(-REMEMBERED);
  writeStored(placeOf(person), seen);
  return seen;
}
