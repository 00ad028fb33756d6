import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

interface EnterWaitsProps {
  /** Whether the words to choose from have arrived. */
  isReady: boolean;
  children: ReactNode;
}

/** Around a list one chooses from by typing, whose words may still be on the way: an Enter that
 * comes before them is kept and pressed again once they are there. Left to itself, the list would
 * find nothing, close, and drop what was typed. */
export function EnterWaits({ isReady, children }: EnterWaitsProps) {
  const waiting = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const field = waiting.current;
    if (!isReady || !field) return;
    waiting.current = null;
    // The list marks its first hit only after it was drawn with the words.
    const soon = setTimeout(() => {
      if (document.activeElement === field) field.dispatchEvent(enter());
    });
    return () => clearTimeout(soon);
  }, [isReady]);
  const keep = (event: KeyboardEvent) => {
    if (isReady || event.nativeEvent.isComposing) return;
    const isChoice = event.key === "Enter" && !(event.ctrlKey || event.metaKey || event.altKey);
    if (!isChoice) {
      waiting.current = null; // typed on: what is meant may have changed
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    waiting.current = event.target as HTMLElement;
  };
  return (
    <span className="enter-waits" onKeyDownCapture={keep}>
      {children}
    </span>
  );
}

const enter = () =>
  new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, bubbles: true });
