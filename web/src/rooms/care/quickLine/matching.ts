import type { CustomerRef } from "@/rooms/care/logging";
import { type Naming, shorter, withoutName } from "@/rooms/care/quickLine/naming";

/** A customer as it is found, or as this device knows it. */
export interface Known extends CustomerRef {
  /** The person there; "" where none is known. */
  contact: string;
  aside: string;
}

/** What one of the words, or a beginning of it, has found. */
export interface Answer {
  words: string;
  by: string;
  hits: (Known & { match: string })[];
}

export interface Candidate extends CustomerRef {
  aside: string;
  /** The word it was found by, and whether that is all of what stood there. */
  by: string;
  isWhole: boolean;
}

/** How well a customer fits the sentence: less is better, `UNSURE` only resembles it. */
type Fit = number;
const NAMED: Fit = 0;
const BEGINS: Fit = 1;
const HOLDS: Fit = 2;
const BY_CONTACT: Fit = 3;
const UNSURE: Fit = Number.POSITIVE_INFINITY;
const LONGEST_PLACE = 3;
/** Two of the words fit: 给天栎的朱总…. */
const TWICE = 0.5;

interface Fitting extends Candidate {
  fit: Fit;
  words: string;
}

/** The customers found for a sentence, best first, and the one that is surely meant. */
export function matched(
  text: string,
  namings: Naming[],
  answers: Answer[],
): { candidates: Candidate[]; sure: Candidate | null } {
  const best = new Map<number, Fitting>();
  /** Counted once: who is known to this device as well fits no better than who was only found. */
  const fitsTwice = new Set<number>();
  for (const one of fittings(text, namings, answers)) {
    const before = best.get(one.id);
    if (!before || one.fit < before.fit) best.set(one.id, one);
    if (before && one.words !== before.words && Math.max(one.fit, before.fit) < UNSURE)
      fitsTwice.add(one.id);
  }
  const candidates = [...best.values()]
    .map((one) => (fitsTwice.has(one.id) ? { ...one, fit: one.fit - TWICE } : one))
    .sort((one, other) => (one.fit === other.fit ? 0 : one.fit - other.fit));
  return { candidates, sure: surest(text, candidates) };
}

/** Nobody is taken where several fit alike. Where nothing is said yet, there is nothing to lose. */
function surest(text: string, candidates: Fitting[]): Fitting | null {
  const [first, second] = candidates;
  if (!first || first.fit === UNSURE) return null;
  const isAlone = !second || second.fit > first.fit;
  return isAlone || withoutName(text, first) === "" ? first : null;
}

function fittings(text: string, namings: Naming[], answers: Answer[]): Fitting[] {
  return answers.flatMap(({ words, by, hits }) => {
    const naming = namings.find((one) => one.words === words);
    return hits.map((hit) => ({
      id: hit.id,
      name: hit.name,
      aside: hit.aside,
      by,
      words,
      // A contact's name is part of what was said: 周总说贵 is about 周总, it does not only name the file.
      isWhole: (naming?.isWhole ?? false) && by === words && hit.match !== "contact",
      fit: fitOf(text, naming, by, hit),
    }));
  });
}

function fitOf(text: string, naming: Naming | undefined, by: string, hit: Answer["hits"][0]): Fit {
  const name = hit.name.toLowerCase();
  if (name.length > 1 && text.toLowerCase().includes(name)) return NAMED;
  if (hit.contact === by && by.length > 1) return BY_CONTACT;
  if (!naming) return UNSURE;
  const begins = name.startsWith(by.toLowerCase());
  // Cut short, or one word among others, it may be any word: 上海, 培训.
  if (by !== naming.words && naming.how !== "towards")
    return begins && by.length > 2 ? BEGINS : UNSURE;
  if (begins) return BEGINS;
  if (by !== naming.words) return isNearHead(name, by) ? HOLDS : UNSURE;
  if (naming.how === "loose") return UNSURE;
  return hit.match === "contact" ? BY_CONTACT : HOLDS;
}

/** Behind the place a company is named after: 杭州信桦, 内蒙古信桦. */
function isNearHead(name: string, word: string): boolean {
  const at = name.indexOf(word.toLowerCase());
  return at >= 0 && at <= LONGEST_PLACE;
}

/** Whom of those this device knows the sentence names; nobody need be asked. */
export function knownIn(text: string, namings: Naming[], known: Known[]): Answer[] {
  const answers = namings.flatMap((naming) => {
    for (const by of [naming.words, ...shorter(naming)]) {
      const hits = known.flatMap((one) => {
        if (holds(one.name, by)) return [{ ...one, match: "name" }];
        return holds(one.contact, by) ? [{ ...one, match: "contact" }] : [];
      });
      if (hits.length > 0) return [{ words: naming.words, by, hits }];
    }
    return [];
  });
  const told = known.flatMap((one) => {
    if (isTold(text, one.name)) return [{ one, by: one.name, match: "name" }];
    return isTold(text, one.contact) ? [{ one, by: one.contact, match: "contact" }] : [];
  });
  return [
    ...answers,
    ...told.map(({ one, by, match }) => ({ words: by, by, hits: [{ ...one, match }] })),
  ];
}

function holds(name: string, word: string): boolean {
  return name.toLowerCase().includes(word.toLowerCase());
}

function isTold(text: string, name: string): boolean {
  return name.length > 1 && holds(text, name);
}
