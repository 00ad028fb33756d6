/** A place in a text that is still to be filled: ＿＿ or __. */
export interface Gap {
  start: number;
  end: number;
}

const GAP = /＿+|_{2,}/g;

export function gapsIn(text: string): Gap[] {
  return [...text.matchAll(GAP)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
  }));
}

/** The first gap at or behind a place. */
export function gapFrom(text: string, place: number): Gap | null {
  return gapsIn(text).find(({ start }) => start >= place) ?? null;
}

/** The last gap before a place. */
export function gapBefore(text: string, place: number): Gap | null {
  return gapsIn(text).findLast(({ end }) => end <= place) ?? null;
}

/** A text in which what is still open says nothing: every clause with a gap is blank, so that the
 * places of all other words stay as they are. */
export function onlyFilled(text: string): string {
  return text
    .split(/(?<=[；;。，,\n])/)
    .map((clause) => (gapsIn(clause).length > 0 ? clause.replace(/[^\n；;。，,]/gu, " ") : clause))
    .join("");
}

/** A text without the lines of templates in which nothing was filled in. */
export function withoutUntouched(text: string, bodies: string[]): string {
  const blank = new Set(
    bodies.flatMap((body) => body.split("\n")).filter((line) => gapsIn(line).length > 0),
  );
  return text
    .split("\n")
    .filter((line) => !blank.has(line.trim()))
    .join("\n");
}

/** A template behind what was written, and where to begin. One that nobody touched gives way. */
export function withTemplate(
  text: string,
  body: string,
  bodies: string[],
): { text: string; gap: Gap } {
  const isUntouched = bodies.some((one) => one.trim() === text.trim());
  const kept = isUntouched ? "" : withoutUntouched(text, bodies).trimEnd();
  const before = kept.trim() === "" ? "" : `${kept}\n`;
  const whole = before + body;
  const end = { start: whole.length, end: whole.length };
  return { text: whole, gap: gapFrom(whole, before.length) ?? end };
}
