import { useSyncExternalStore } from "react";
import { useMe } from "@/api/queries";
import { readStored, writeStored } from "@/lib/stored";

const KEPT = 6;
const listeners = new Set<() => void>();

/** The exports this person made in this browser: their numbers only, the newest first. */
export function useRecentExports(): { ids: number[]; remember: (id: number) => void } {
  const me = useMe();
  const key = `exports.${me.id}`;
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => readStored<number[]>(key, []).join(),
  );
  const ids = text ? text.split(",").map(Number) : [];
  return {
    ids,
    remember: (id) => {
      writeStored(key, [id, ...ids.filter((one) => one !== id)].slice(0, KEPT));
      for (const listener of listeners) listener();
    },
  };
}
