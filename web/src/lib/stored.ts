import { useCallback, useState } from "react";
import { isPractising } from "@/lib/practice";

/** Reads a value this browser remembers; `fallback` where nothing (or nonsense) is stored. */
export function readStored<Value>(key: string, fallback: Value): Value {
  return readAt(placeOf(key), fallback);
}

/** Reads what is kept under a key on the other side: for those who practise, the real one. */
export function readElsewhere<Value>(key: string, fallback: Value): Value {
  return readAt(placeOf(key, !isPractising), fallback);
}

function readAt<Value>(place: string, fallback: Value): Value {
  try {
    const text = localStorage.getItem(place);
    return text === null ? fallback : (JSON.parse(text) as Value);
  } catch {
    return fallback;
  }
}

/** Remembers a value in this browser. A full or forbidden storage only costs the memory of it. */
export function writeStored(key: string, value: unknown): void {
  try {
    localStorage.setItem(placeOf(key), JSON.stringify(value));
  } catch {
    // Private windows and full disks: what is shown stays right, it is just not remembered.
  }
}

/** What is kept under `name.person…` and tells of customers. The rest is layout and habit. */
const PERSONAL = ["recent", "follow-up", "outbox", "exports", "handed-over"];

/** Where a value is kept. What tells of customers is kept apart for those who practise: a follow-up
 * written there must never be sent to a real customer, or the other way round. */
function placeOf(key: string, practises = isPractising): string {
  const isPersonal = PERSONAL.some((name) => key.startsWith(`${name}.`));
  return practises && isPersonal ? `zhike.practice.${key}` : `zhike.${key}`;
}

/** Forgets a value. */
export function dropStored(key: string): void {
  try {
    localStorage.removeItem(placeOf(key));
  } catch {
    // No storage, nothing to forget.
  }
}

/** Forgets what this browser remembers of a person's customers: after signing out, the next one
 * at this machine must find nothing of it. */
export function forgetPerson(person: number): void {
  const starts = PERSONAL.flatMap((name) =>
    ["zhike", "zhike.practice"].map((where) => `${where}.${name}.${person}`),
  );
  try {
    for (const key of Object.keys(localStorage)) {
      if (starts.some((start) => key === start || key.startsWith(`${start}.`))) {
        localStorage.removeItem(key);
      }
    }
  } catch {
    // No storage, nothing to forget.
  }
}

/** State that survives a reload of the page, kept per browser under `key`. */
export function useStored<Value>(
  key: string,
  fallback: Value,
): [Value, (next: Value | ((before: Value) => Value)) => void] {
  const [value, setValue] = useState(() => readStored(key, fallback));
  const set = useCallback(
    (next: Value | ((before: Value) => Value)) => {
      setValue((before) => {
        const after = typeof next === "function" ? (next as (v: Value) => Value)(before) : next;
        writeStored(key, after);
        return after;
      });
    },
    [key],
  );
  return [value, set];
}
