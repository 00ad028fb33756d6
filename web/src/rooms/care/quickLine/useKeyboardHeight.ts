import { useEffect, useState } from "react";

/** How many pixels of the page the phone's keyboard covers. What stands at the bottom edge of the
 * window would lie behind it otherwise. */
export function useKeyboardHeight(isWatched: boolean): number {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const view = window.visualViewport;
    if (!isWatched || !view) return;
    const measure = () =>
      setHeight(Math.max(0, Math.round(window.innerHeight - view.height - view.offsetTop)));
    measure();
    view.addEventListener("resize", measure);
    view.addEventListener("scroll", measure);
    return () => {
      view.removeEventListener("resize", measure);
      view.removeEventListener("scroll", measure);
    };
  }, [isWatched]);
  return isWatched ? height : 0;
}
