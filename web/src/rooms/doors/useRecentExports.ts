import { useSyncExternalStore } from "react";
import { useMe } from "@/api/queries";
import { readStored, writeStored } from "@/lib/stored";

const KEPT = 6;
const listeners = new Set<() => void>();

interface RecentExportIds {
  ids: number[];
  remember: (id: number) => void;
  /** The server does not know it any longer. */
  forget: (id: number) => void;
}

/** The exports this person made in this browser: their numbers only, the newest first. */
export function useRecentExports(): RecentExportIds {
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
  const keep = (next: number[]) => {
    writeStored(key, next.slice(0, KEPT));
    for (const listener of listeners) listener();
  };
  return {
    ids,
    remember: (id) => keep([id, ...ids.filter((one) => one !== id)]),
    forget: (id) => keep(ids.filter((one) => one !== id)),
  };
}
