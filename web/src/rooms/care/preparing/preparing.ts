import type { PreparationCard } from "@/api/generated/zhike.schemas";

/** The parts of the card, in the order one reads them; as they stand on paper. */
export const PARTS = [
  "next",
  "background",
  "preferences",
  "needs",
  "last_talks",
  "promises",
  "objections",
  "problems",
  "wording",
  "key_dates",
] as const;

export type Part = (typeof PARTS)[number];

/** Is there anything to read in a part? */
export function isTold(card: PreparationCard, part: Part): boolean {
  if (part === "next") return card.next !== null;
  if (part === "background") return card.background.text !== "" || card.background.facts.length > 0;
  return card[part].length > 0;
}

/** What one looks for and does not find: told in one line, not in ten empty boxes. */
export function missing(card: PreparationCard): Part[] {
  return PARTS.filter((part) => !isTold(card, part));
}
