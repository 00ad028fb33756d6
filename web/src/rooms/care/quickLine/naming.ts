import type { Mark } from "@/rooms/care/quickLine/marks";

const BREAK = /[\s,，。;；:：、!！?？]/;
const LEADING = /^[\s,，。;；:：、]+/;
const SHORT_GUESSES = [6, 4, 2];

/** What to look for while nobody is chosen: the words the line begins with, up to the first break or
 * to where something was understood. A line that begins with 今天 or 电话 names nobody. */
export function nameAt(text: string, marks: Mark[]): string {
  const line = text.replace(LEADING, "");
  const shift = text.length - line.length;
  const first = Math.min(...marks.filter(({ kind }) => kind !== "who").map(({ start }) => start));
  const stop = line.search(BREAK);
  const word = stop === -1 ? line : line.slice(0, stop);
  return word.slice(0, Math.max(0, Math.min(word.length, first - shift))).trim();
}

/** What to ask the search for, one after another until somebody is found: the whole word, and where
 * the words run on without a break (晨星教育聊了报价), ever shorter beginnings of it. */
export function guesses(word: string): string[] {
  return [
    word,
    ...SHORT_GUESSES.filter((size) => size < word.length).map((size) => word.slice(0, size)),
  ];
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
