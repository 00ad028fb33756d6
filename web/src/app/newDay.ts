import { useEffect } from "react";
import { cache } from "@/api/queries";
import { today } from "@/lib/days";

const LOOKS_EVERY = 60_000;

/** A page left open overnight shows the new day: what was 明天 is 今天, and more is overdue. */
export function useNewDay(): void {
  useEffect(() => {
    let day = today();
    const timer = setInterval(() => {
      if (today() === day) return;
      day = today();
      void cache.invalidateQueries();
    }, LOOKS_EVERY);
    return () => clearInterval(timer);
  }, []);
}
