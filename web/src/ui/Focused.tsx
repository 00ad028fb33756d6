import { type ReactNode, useEffect, useRef } from "react";
import "@/ui/parts.css";

/** By then a menu one came from has given the focus back to its button. */
const SETTLED = 300;

/** Takes the focus when it appears: what opens over a page must hear the keys (Esc, the arrows). */
export function Focused({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const take = () => place.current?.focus({ preventScroll: true });
    const timer = window.setTimeout(() => {
      const whole = place.current?.closest("[role='dialog']") ?? place.current;
      if (!whole?.contains(document.activeElement)) take();
    }, SETTLED);
    take();
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <div ref={place} tabIndex={-1} className="focused">
      {children}
    </div>
  );
}
