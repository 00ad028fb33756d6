import { useEffect, useRef, useSyncExternalStore } from "react";

/** One key of the keyboard and what it does, as the `?` help shows it. */
export interface Shortcut {
  /** "n", "?", "mod+k" (Ctrl on Windows, ⌘ on a Mac). */
  keys: string;
  label: string;
  /** Heading under which the help lists it. */
  group: string;
}

interface Bound extends Shortcut {
  run: { current: (event: KeyboardEvent) => void };
  /** Works while a text field has the focus, too. */
  always: boolean;
}

let bound: readonly Bound[] = [];
const listeners = new Set<() => void>();
const onMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Binds a key while the calling component is on screen. The latest binding of a key wins. */
export function useShortcut(
  shortcut: Shortcut & { run: (event: KeyboardEvent) => void; always?: boolean; off?: boolean },
): void {
  const { keys, label, group, always = false, off = false } = shortcut;
  const run = useRef(shortcut.run);
  run.current = shortcut.run;
  useEffect(() => {
    if (off) return;
    const binding: Bound = { keys, label, group, always, run };
    change([...bound, binding]);
    return () => change(bound.filter((other) => other !== binding));
  }, [keys, label, group, always, off]);
}

/** Every key that works at this moment, for the help. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => bound,
  );
}

/** Keys as they are printed on a keyboard: ["⌘", "K"]. */
export function keyCaps(keys: string): string[] {
  const names: Record<string, string> = {
    mod: onMac ? "⌘" : "Ctrl",
    shift: onMac ? "⇧" : "Shift",
    enter: "Enter",
    escape: "Esc",
    arrows: "↑ ↓ ← →",
  };
  return keys.split("+").map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}

/** Listens on the whole window; called once by the shell. */
export function useKeyboard(): void {
  useEffect(() => {
    window.addEventListener("keydown", dispatch);
    return () => window.removeEventListener("keydown", dispatch);
  }, []);
}

function change(next: readonly Bound[]): void {
  bound = next;
  for (const listener of listeners) listener();
}

function dispatch(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const typing = isTyping(event.target);
  const busy = typing || document.querySelector("[aria-modal='true'], [role='menu']:focus-within");
  const match = [...bound].reverse().find((one) => matches(one.keys, event));
  if (!match || (busy && !match.always)) return;
  event.preventDefault();
  match.run.current(event);
}

function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keys.toLowerCase().split("+");
  const key = parts.at(-1);
  const mod = event.ctrlKey || event.metaKey;
  if (parts.includes("mod") !== mod || event.altKey) return false;
  if (parts.includes("shift") && !event.shiftKey) return false;
  // "?" needs Shift on most layouts and "N" may come from Caps Lock: compare what was meant.
  return event.key.toLowerCase() === key;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[role='combobox']")) return true;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
