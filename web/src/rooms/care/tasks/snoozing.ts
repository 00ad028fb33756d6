import type { Day } from "@/lib/days";

const SHANGHAI = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});

export interface Moment {
  day: Day;
  /** "15:30" by the clock in Shanghai. */
  time: string;
}

/** So many minutes from now, by the clock in Shanghai. */
export function minutesFrom(now: Date, minutes: number): Moment {
  const [day = "", time = ""] = SHANGHAI.format(new Date(now.getTime() + minutes * 60_000)).split(
    " ",
  );
  return { day, time };
}

/** A minute as the server takes it. */
export function untilOf({ day, time }: Moment): string {
  return `${day}T${time}`;
}

/** Has the minute come already? */
export function isOver(moment: Moment, now: Date): boolean {
  return untilOf(moment) <= untilOf(minutesFrom(now, 0));
}
