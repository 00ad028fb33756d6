import { useEffect, useState, useSyncExternalStore } from "react";

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

/** Names the browser tab: "客户 · 知客". */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · 知客` : "知客";
  }, [title]);
}
