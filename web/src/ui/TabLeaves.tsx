import type { KeyboardEvent, ReactNode } from "react";

interface TabLeavesProps {
  children: ReactNode;
  /** Where Tab leads; without it to whatever comes next on the page. */
  onTab?: (event: KeyboardEvent) => void;
}

/** Around a list one chooses from: Tab only leaves it. Left to itself, an open list would take Tab
 * for a choice of the word that happens to be lit. */
export function TabLeaves({ children, onTab }: TabLeavesProps) {
  return (
    <span
      className="tab-leaves"
      onKeyDownCapture={(event) => {
        if (event.key !== "Tab" || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        onTab?.(event);
      }}
    >
      {children}
    </span>
  );
}
