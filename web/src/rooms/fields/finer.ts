/** Finer classes of industry as people have them: rows of a table, copied or saved as CSV. */

export interface FinerLines {
  /** As the server takes them, one on each line; lines that say nothing stay as empty ones, so that
   * it counts the lines as the table does. */
  lines: string;
  classes: number;
}

/** A code (C3511, or 3511 without its letter), whatever stands between, the name. */
const ROW = /^"?([A-T])?(\d{2,4})?"?[\s,;，；]+(?:"([^"]*)"|([^\t,;]*))/i;

/** Reads pasted rows: the code in the first column, the name in the second. `known` are the sections
 * and divisions everybody has: their rows are passed over, and the letter of a code that comes
 * without one is looked up there. */
export function finerLines(text: string, known: ReadonlySet<string>): FinerLines {
  const divisions = [...known].filter((code) => code.length > 1);
  const letters = new Map(divisions.map((code) => [code.slice(1), code.slice(0, 1)]));
  let classes = 0;
  const lines = text.split(/\r\n|\r|\n/).map((raw, at) => {
    const line = raw.replace(/^\ufeff/, "").trim();
    const [, letter, digits = "", quoted, bare] = ROW.exec(line) ?? [];
    const code = (letter ?? letters.get(digits.slice(0, 2)) ?? "").toUpperCase() + digits;
    const isHeading = at === 0 && !/\d/.test(line);
    if (line === "" || isHeading || known.has(code)) return "";
    classes += 1;
    return code ? `${code} ${(quoted ?? bare ?? "").trim()}` : line;
  });
  return { lines: lines.join("\n"), classes };
}

/** The text of a file, saved as UTF-8 or, by an older Excel, as GBK. */
export async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

const EXAMPLES = [
  ["代码", "名称"],
  ["C351", "采矿、冶金、建筑专用设备制造"],
  ["C3511", "矿山机械制造"],
];

/** An empty table to fill in, with two rows that show how. */
export function finerTemplate(): Blob {
  const rows = EXAMPLES.map((row) => row.join(",")).join("\r\n");
  // Excel takes a CSV for UTF-8 only with a byte order mark.
  return new Blob([`\ufeff${rows}\r\n`], { type: "text/csv;charset=utf-8" });
}
