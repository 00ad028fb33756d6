import { type Day, dayOf, momentText } from "@/lib/days";

/** allauth writes instants as seconds since 1970. */
function instantOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

export function dayOfSeconds(seconds: number): Day {
  return dayOf(instantOf(seconds));
}

export function momentOfSeconds(seconds: number): string {
  return momentText(instantOf(seconds));
}
