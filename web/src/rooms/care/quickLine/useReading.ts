import { useEffect, useRef, useState } from "react";
import { getReadSentenceUrl } from "@/api/generated/care";
import type { TextIn, UnderstoodOut } from "@/api/generated/zhike.schemas";
import { quietly } from "@/rooms/care/quickLine/quiet";
import { onlyFilled } from "@/rooms/care/sheets/gaps";

/** Milliseconds the line must stand still before it is read. */
const PAUSE = 120;
/** The server reads no more of a sentence than this many characters. */
const MOST = 2000;

export interface Read {
  /** The text that was read, and for whom. */
  of: string;
  customer: number | null;
  /** What was understood; null for an empty line, and where nobody could be asked. */
  reading: UnderstoodOut | null;
  hasFailed: boolean;
}

const NOTHING: Read = { of: "", customer: null, reading: null, hasFailed: false };

/** Reads the line while it is typed. An answer to an older text is dropped. `hurry` asks at once. */
export function useReading(text: string, customer: number | null) {
  const [read, setRead] = useState<Read>(NOTHING);
  const hurry = useRef<() => void>(() => {});
  useEffect(() => {
    if (text.trim() === "") {
      setRead({ ...NOTHING, of: text, customer });
      return;
    }
    const stop = new AbortController();
    let isAsked = false;
    const ask = async () => {
      if (isAsked) return;
      isAsked = true;
      const reading = await understood(text, customer, stop.signal);
      if (stop.signal.aborted) return;
      setRead({ of: text, customer, reading, hasFailed: reading === null });
    };
    const timer = window.setTimeout(ask, PAUSE);
    hurry.current = () => {
      window.clearTimeout(timer);
      void ask();
    };
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [text, customer]);
  const isSettled = text.trim() === "" || (read.of === text && read.customer === customer);
  return { read, isSettled, hurry: () => hurry.current() };
}

/** What the server reads in a sentence; null where it gives no answer. */
export function understood(
  text: string,
  customer: number | null,
  signal?: AbortSignal,
): Promise<UnderstoodOut | null> {
  const body: TextIn = {
    text: onlyFilled([...text].slice(0, MOST).join("")),
    ...(customer !== null && { customer_id: customer }),
  };
  return quietly<UnderstoodOut>(getReadSentenceUrl(), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: signal ?? null,
  });
}
