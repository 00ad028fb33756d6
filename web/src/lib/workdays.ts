import { addDays, type Day } from "@/lib/days";

/** A holiday, or a weekend moved to be worked on. */
export interface NamedDay {
  on: Day;
  works: boolean;
  name: string;
}

/** What is known of the days people work on; a day not among `named` is as its weekday says. */
export class Workdays {
  private readonly named: ReadonlyMap<Day, NamedDay>;

  constructor(days: readonly NamedDay[] = []) {
    this.named = new Map(days.map((one) => [one.on, one]));
  }

  /** The holiday or the moved working day it is; absent for a day like any other. */
  nameOf(day: Day): NamedDay | undefined {
    return this.named.get(day);
  }

  isWorkday(day: Day): boolean {
    return this.named.get(day)?.works ?? new Date(`${day}T00:00:00Z`).getUTCDay() % 6 !== 0;
  }

  /** The day itself if people work then, otherwise the first working day after it. */
  from(day: Day): Day {
    let found = day;
    while (!this.isWorkday(found)) found = addDays(found, 1);
    return found;
  }
}
