import { useEffect, useState, useSyncExternalStore } from "react";
import { isPractising } from "@/lib/practice";

/** Below this width the layout is the phone's: tab bar, cards, full-screen drawers. */
const PHONE = "(max-width: 767px)";

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}

export function useIsPhone(): boolean {
  return useMedia(PHONE);
}

/** A finger rather than a mouse: native date pickers, larger targets. */
export function useIsTouch(): boolean {
  return useMedia("(pointer: coarse)");
}

export function useIsOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener("online", changed);
      window.addEventListener("offline", changed);
      return () => {
        window.removeEventListener("online", changed);
        window.removeEventListener("offline", changed);
      };
    },
    () => navigator.onLine,
    () => true,
  );
}

/** `value`, but only after it has stood still for `delay` milliseconds. */
export function useSettled<Value>(value: Value, delay: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), delay);
    return () => window.clearTimeout(timer);
  }, [value, delay]);
  return settled;
}

let named = "";
let counted = "";

/** Names the browser tab: "客户 · 知客". */
export function usePageTitle(title: string): void {
  useEffect(() => {
    named = title;
    writeTitle();
  }, [title]);
}

/** Puts a count before the name of the tab: "(3) 客户 · 知客"; "" for none. */
export function useTitleCount(count: string): void {
  useEffect(() => {
    counted = count;
    writeTitle();
    return () => {
      counted = "";
      writeTitle();
    };
  }, [count]);
}

function writeTitle(): void {
  document.title = `${isPractising ? "[练习] " : ""}${counted && `(${counted}) `}${named && `${named} · `}知客`;
}
