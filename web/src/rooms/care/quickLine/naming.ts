import type { Mark } from "@/rooms/care/quickLine/marks";
import {
  AMBIGUOUS,
  BREAK,
  LEADING,
  NO_NAMES,
  ORGANISATION,
  PARTICLES,
  STOP,
  TOWARDS,
  WHEN,
} from "@/rooms/care/quickLine/words";

/** Words of a sentence that may name its customer. */
export interface Naming {
  words: string;
  /** How it stands there: 给天栎…, at the head of the line, 晨星教育, 朱总, after a comma. */
  how: "towards" | "first" | "organisation" | "person" | "loose";
  /** It heads the line, and ends where a break or something understood does. */
  isWhole: boolean;
}

/** A stretch of the sentence in which nothing else was understood. */
interface Stretch {
  start: number;
  end: number;
}

const MOST = 4;
const SHORTER = [4, 3, 2];
const LONGEST = 24;
/** So short a line without a break may be nothing but a name: 来福士广场. */
const BARE = 6;

/** Whom a sentence may be about, the likeliest first: what follows 给, 和, 拜访…, what the line begins
 * with, 晨星教育, the person who was understood. */
export function namingsOf(text: string, marks: Mark[]): Naming[] {
  const stretches = stretchesOf(text, marks);
  const persons = marks.filter(({ kind }) => kind === "who");
  const read = { text, persons };
  const first = headOf(text, marks);
  const begun = stretches.flatMap((stretch) => beginning(read, stretch, first));
  const found: Naming[] = [
    ...stretches.flatMap((stretch) => towards(read, stretch)),
    ...begun.filter(({ how }) => how === "first"),
    ...stretches.flatMap((stretch) => organisations(text, stretch)),
    ...persons.map(({ start, end }) => naming(text.slice(start, end), "person")),
    ...begun.filter(({ how }) => how === "loose"),
  ];
  const once = found.filter(
    ({ words }, at) => found.findIndex((one) => one.words === words) === at && isName(words, text),
  );
  const bare = text.trim();
  if (once.length === 0 && bare !== "" && bare.length <= BARE && bare.search(BREAK) === -1)
    return [naming(bare, "loose", true)];
  return once.slice(0, MOST);
}

/** Ever shorter beginnings of words that run on into what was done: 天栎核对账单, 天栎. */
export function shorter({ words, how }: Naming): string[] {
  if (how === "person" || how === "loose") return [];
  return SHORTER.filter((size) => size < words.length).map((size) => words.slice(0, size));
}

/** The sentence without the name it began with. A beginning that only hinted at the customer (a
 * contact's name, half a word) is part of what was said, and stays. */
export function withoutName(
  text: string,
  found: { name: string; by: string; isWhole: boolean },
): string {
  const line = text.trimStart();
  for (const name of [found.name, found.isWhole ? found.by : ""])
    if (name && line.toLowerCase().startsWith(name.toLowerCase()))
      return line.slice(name.length).replace(LEADING, "");
  return line;
}

function naming(words: string, how: Naming["how"], isWhole = false): Naming {
  return { words: words.trim(), how, isWhole };
}

/** One letter is enough where nothing else was typed. */
function isName(words: string, text: string): boolean {
  return (words.length > 1 || (words !== "" && words === text.trim())) && !NO_NAMES.has(words);
}

/** The sentence cut at breaks, and where something was understood that names nobody. What comes next
 * (下周三拜访天栎) may name somebody. */
function stretchesOf(text: string, marks: Mark[]): Stretch[] {
  const cuts = new Set([0, text.length]);
  for (const match of text.matchAll(BREAK)) cuts.add(match.index).add(match.index + 1);
  const others = marks.filter(({ kind }) => kind !== "who");
  for (const { start, end } of others) cuts.add(start).add(end);
  const places = [...cuts].sort((one, other) => one - other);
  const dull = others.filter(({ kind }) => kind !== "next" && kind !== "todo" && kind !== "need");
  return places.slice(0, -1).flatMap((start, at) => {
    const end = places[at + 1] ?? text.length;
    const isDull = dull.some((mark) => mark.start <= start && end <= mark.end);
    return isDull || text.slice(start, end).search(BREAK) === 0 ? [] : [{ start, end }];
  });
}

/** Where it begins, apart from when and by which means it was: 今天电话 天栎说…. */
function headOf(text: string, marks: Mark[]): number {
  const blank = (at: number) => at + (text.slice(at).match(LEADING)?.[0].length ?? 0);
  let head = blank(0);
  for (;;) {
    const mark = marks.find(
      ({ kind, start, end }) => kind !== "who" && start <= head && head < end,
    );
    const said = mark && text.slice(mark.start, mark.end);
    if (!mark || (mark.kind !== "when" && mark.kind !== "way" && said?.replace(WHEN, "") !== ""))
      return head;
    head = blank(mark.end);
  }
}

interface Reading {
  text: string;
  persons: Mark[];
}

/** The words from a place on: up to what was done, or up to a person. */
function nameFrom({ text, persons }: Reading, start: number, end: number) {
  const person = persons.find((mark) => mark.end > start && mark.start < end);
  if (person && person.start <= start) return { words: text.slice(start, person.end), stop: true };
  const limit = Math.min(person?.start ?? end, start + LONGEST, end);
  const line = text.slice(start, limit);
  const stop = [...line.matchAll(STOP)].find(({ index }) => index > 1)?.index ?? line.length;
  return { words: line.slice(0, stop), stop: stop < line.length || limit < end };
}

function towards(read: Reading, { start, end }: Stretch): Naming[] {
  return [...read.text.slice(start, end).matchAll(TOWARDS)].map((match) => {
    const behind = start + match.index + match[0].length;
    const particles = read.text.slice(behind, end).match(PARTICLES)?.[0].length ?? 0;
    return naming(nameFrom(read, behind + particles, end).words, "towards");
  });
}

/** What a stretch begins with, unless that is what was done: 聊了…, 给…. */
function beginning(read: Reading, stretch: Stretch, first: number): Naming[] {
  const { end } = stretch;
  const when = read.text.slice(stretch.start, end).match(WHEN)?.[0].length ?? 0;
  const start = stretch.start + when;
  const line = read.text.slice(start, end);
  const begins = (pattern: RegExp) => line.search(pattern) === 0;
  if (!begins(AMBIGUOUS) && (begins(STOP) || begins(TOWARDS))) return [];
  const { words, stop } = nameFrom(read, start, end);
  const isHead = stretch.start === first;
  const isBare = read.text.slice(0, start).trim() === "";
  return [naming(words, isHead ? "first" : "loose", isHead && isBare && !stop)];
}

/** 晨星教育, 曜岭度假酒店: up to what tells an organisation, from the last deed before it. */
function organisations(text: string, { start, end }: Stretch): Naming[] {
  const line = text.slice(start, end);
  return [...line.matchAll(ORGANISATION)].map((match) => {
    const head = line.slice(0, match.index);
    const deeds = [...head.matchAll(TOWARDS), ...head.matchAll(STOP)];
    const from = Math.max(0, ...deeds.map((deed) => deed.index + deed[0].length));
    const words = head.slice(from).replace(PARTICLES, "") + match[0];
    return naming(words.length > match[0].length ? words : "", "organisation");
  });
}
