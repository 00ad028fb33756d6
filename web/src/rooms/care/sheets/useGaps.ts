import { type KeyboardEvent, useCallback, useLayoutEffect, useRef, useState } from "react";
import { type Gap, gapBefore, gapFrom } from "@/rooms/care/sheets/gaps";

/** Goes from gap to gap in a text field: Tab to the next, Shift+Tab to the one before. Where there
 * is none any more, Tab leaves the field as everywhere. */
export function useGaps(field: () => HTMLTextAreaElement | null) {
  const [goal, setGoal] = useState<Gap | null>(null);
  const get = useRef(field);
  get.current = field;
  // The text the gap stands in is on the screen only now.
  useLayoutEffect(() => {
    if (goal) mark(get.current(), goal);
  }, [goal]);
  /** Marks a gap, once the text that is being set is there. */
  const goTo = useCallback((gap: Gap) => setGoal({ ...gap }), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const box = get.current();
    if (event.key !== "Tab" || event.nativeEvent.isComposing || event.target !== box) return;
    if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
    const gap = event.shiftKey
      ? gapBefore(box.value, box.selectionStart)
      : gapFrom(box.value, box.selectionEnd);
    if (!gap) return;
    event.preventDefault();
    mark(box, gap);
  };
  return { goTo, onKeyDown };
}

function mark(box: HTMLTextAreaElement | null, gap: Gap): void {
  if (!box) return;
  box.focus();
  box.setSelectionRange(gap.start, gap.end);
}
