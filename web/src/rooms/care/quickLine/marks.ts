import type { SpanOut } from "@/api/generated/zhike.schemas";

/** What a stretch of a sentence tells of; each has a colour and an underline of its own. */
export type Kind = "when" | "way" | "who" | "answer" | "need" | "money" | "next" | "todo" | "vague";

/** A stretch of the sentence, by the places of a JavaScript string. */
export interface Mark {
  kind: Kind;
  start: number;
  end: number;
}

/** A piece of the sentence and what it tells of; nothing where it is only words. */
export interface Piece {
  text: string;
  kind: Kind | null;
}

const KINDS: Readonly<Record<string, Kind>> = {
  date: "when",
  way: "way",
  person: "who",
  response: "answer",
  need: "need",
  amounts: "money",
  budget: "money",
  next_date: "next",
  next_time: "next",
  next_matter: "next",
  todos: "todo",
  vague: "vague",
};

/** The server counts code points, a JavaScript string counts UTF-16 units: 😀 is one there, two here. */
export function marksOf(text: string, spans: SpanOut[]): Mark[] {
  const places: number[] = [];
  let place = 0;
  for (const point of text) {
    places.push(place);
    place += point.length;
  }
  places.push(place);
  return spans.flatMap(({ field, start, end }) => {
    const kind = KINDS[field];
    const [from, to] = [places[start], places[end]];
    return kind && from !== undefined && to !== undefined && from < to
      ? [{ kind, start: from, end: to }]
      : [];
  });
}

/** The marks of a sentence after it was edited, until it is read again: what stands before and
 * behind the edit keeps its colour, what was touched loses it. */
export function carried(marks: Mark[], before: string, after: string): Mark[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const shift = after.length - before.length;
  return marks.flatMap((mark) => {
    if (mark.end <= head) return [mark];
    if (mark.start < before.length - tail) return [];
    return [{ ...mark, start: mark.start + shift, end: mark.end + shift }];
  });
}

/** The sentence cut where a mark begins or ends. Where marks overlap, the shortest one shows. */
export function piecesOf(text: string, marks: Mark[]): Piece[] {
  const cuts = new Set([0, text.length]);
  for (const { start, end } of marks) for (const cut of [start, end]) cuts.add(cut);
  const places = [...cuts].filter((cut) => cut <= text.length).sort((one, other) => one - other);
  const pieces: Piece[] = [];
  for (const [at, start] of places.slice(0, -1).entries()) {
    const end = places[at + 1] ?? text.length;
    const kind = kindAt(marks, start, end);
    const last = pieces.at(-1);
    if (last && last.kind === kind) last.text += text.slice(start, end);
    else pieces.push({ text: text.slice(start, end), kind });
  }
  return pieces;
}

function kindAt(marks: Mark[], start: number, end: number): Kind | null {
  const over = marks.filter((mark) => mark.start <= start && end <= mark.end);
  over.sort((one, other) => one.end - one.start - (other.end - other.start));
  return over[0]?.kind ?? null;
}
