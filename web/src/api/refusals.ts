import { useSyncExternalStore } from "react";

let refusals = 0;
const listeners = new Set<() => void>();

/** The client tells of a write that was refused because one only looks. */
export function viewingRefused(): void {
  refusals += 1;
  for (const listener of listeners) listener();
}

/** How many writes were refused so far: the banner steps forward at each. */
export function useRefusals(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => refusals,
  );
}
