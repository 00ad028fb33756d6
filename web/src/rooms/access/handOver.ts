import { useSyncExternalStore } from "react";
import { handOvers } from "@/api/generated/customers";
import { readStored, writeStored } from "@/lib/stored";

/** A hand-over under way, remembered in this browser so that its progress survives a reload. */
export interface Remembered {
  id: number;
  /** Whose customers are handed over. */
  giver: string;
}

const KEY = "handOvers";
let held: Remembered[] | null = null;
const listeners = new Set<() => void>();

/** Shows how far the hand-over of a leaver is. The account is closed already: where its hand-over
 * cannot be found, it goes on all the same, only unseen. */
export async function followHandOver(leaver: { id: number; name: string }): Promise<void> {
  const found = await handOvers({ giver: leaver.id }).catch(() => null);
  const newest = found?.items[0];
  if (!newest) return;
  const one = { id: newest.id, giver: leaver.name };
  write([...current().filter(({ id }) => id !== one.id), one]);
}

export function forgetHandOver(id: number): void {
  write(current().filter((one) => one.id !== id));
}

export function useRemembered(): Remembered[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
}

function current(): Remembered[] {
  held ??= readStored<Remembered[]>(KEY, []);
  return held;
}

function write(next: Remembered[]): void {
  held = next;
  writeStored(KEY, next);
  for (const listener of listeners) listener();
}
