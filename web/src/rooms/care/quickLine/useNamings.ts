import { useMemo } from "react";
import { useSettled } from "@/lib/screen";
import { type Mark, marksOf } from "@/rooms/care/quickLine/marks";
import { type Naming, namingsOf } from "@/rooms/care/quickLine/naming";
import { type Read, useReading } from "@/rooms/care/quickLine/useReading";
import { useMarks } from "@/rooms/care/quickLine/useUnderstanding";

const TYPING_PAUSE = 120;

/** The words to look for while nobody is chosen: those of the sentence, once it stands still and was
 * read, or what was `asked` for beside it. */
export function useNamings(
  text: string,
  asked: string | null,
): { namings: Naming[]; marks: Mark[]; isRead: boolean } {
  const { read, isSettled } = useReading(text, null);
  const marks = useMarks(read, text);
  const wanted = asked?.trim() ?? null;
  const settled = useSettled(wanted, TYPING_PAUSE);
  // Between two readings the words of the one before stand: nothing is looked for at every key.
  const ofText = useMemo(() => namingsOf(read.of, marksIn(read)), [read]);
  const namings = useMemo(
    () => (settled === null ? ofText : settled === "" ? [] : [askedFor(settled)]),
    [settled, ofText],
  );
  return { namings, marks, isRead: wanted === settled && (wanted !== null || isSettled) };
}

function askedFor(words: string): Naming {
  return { words, how: "first", isWhole: true };
}

function marksIn({ of, reading }: Read): Mark[] {
  return reading ? marksOf(of, reading.spans) : [];
}
