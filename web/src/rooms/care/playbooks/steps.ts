import type { PlaybookOut, RunOut, Step, StepIn, StepOfRun } from "@/api/generated/zhike.schemas";
import { addDays, type Day } from "@/lib/days";
import type { Workdays } from "@/lib/workdays";

/** A step while it is written; `key` stays with it wherever it is moved. */
export interface StepDraft extends Required<Omit<Step, "after">> {
  key: string;
  /** Days from the start; null while the field is empty. */
  after: number | null;
}

export interface PlaybookDraft {
  name: string;
  goal: string;
  is_shared: boolean;
  steps: StepDraft[];
}

export const MOST_STEPS = 30;
export const LAST_DAY = 730;
const A_WEEK = 7;
const LONGEST_HOLIDAY = 14; // days, with the weekends around it

let made = 0;

/** An empty step for a day. */
export function newStep(after: number): StepDraft {
  made += 1;
  return { key: `step-${made}`, after, way: "phone", title: "", content: "", mail: false };
}

/** What the editor begins with: a plan as it stands, or an empty one with a first step. */
export function draftOf(playbook: PlaybookOut | null): PlaybookDraft {
  if (!playbook) return { name: "", goal: "", is_shared: false, steps: [newStep(0)] };
  const { name, goal, is_shared, steps } = playbook;
  return {
    name,
    goal,
    is_shared,
    steps: steps.map((step) => ({ ...newStep(step.after), way: "", ...step })),
  };
}

/** The steps as the server takes them; an empty day counts as the first. */
export function sent(steps: StepDraft[]): StepIn[] {
  return steps.map(({ key: _key, ...step }) => ({
    ...step,
    after: step.after ?? 0,
    title: step.title.trim(),
    content: step.content.trim(),
  }));
}

/** A week after the last step: where the next one is offered. */
export function nextDay(steps: StepDraft[]): number {
  const last = Math.max(...steps.map((step) => step.after ?? 0), -A_WEEK);
  return Math.min(last + A_WEEK, LAST_DAY);
}

/** By day, those of one day in the order they were written. */
export function inOrder(steps: StepDraft[]): StepDraft[] {
  return [...steps].sort((a, b) => (a.after ?? 0) - (b.after ?? 0));
}

/** Steps dragged into another order take over the days of their new places: the time table stays. */
export function onTheirDays(before: StepDraft[], after: StepDraft[]): StepDraft[] {
  return after.map((step, place) => ({ ...step, after: before[place]?.after ?? step.after }));
}

/** The day a step falls on when started on a day: the first on which people work. */
export function dayOfStep(step: { after: number }, start: Day, workdays: Workdays): Day {
  return workdays.from(addDays(start, step.after));
}

/** The years the days of a plan lie in, with room for a holiday at their end. */
export function yearsOf(steps: { after: number }[], start: Day): number[] {
  const first = yearOf(start);
  const last = yearOf(addDays(start, lengthOf(steps) + LONGEST_HOLIDAY));
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

/** How many days a plan takes. */
export function lengthOf(steps: { after: number }[]): number {
  return Math.max(0, ...steps.map((step) => step.after));
}

/** The tasks of running plans: they stand with their plan, not once more among the to-dos. */
export function stepTasks(runs: readonly RunOut[]): ReadonlySet<number> {
  const running = runs.filter((run) => run.state === "running");
  const ids = running.flatMap((run) => run.steps.map((step) => step.task_id));
  return new Set(ids.filter((id) => id !== null));
}

const BEFORE = 1;
const AHEAD = 3;

/** The part of a run one looks at: the step done last, and those that come next. */
export function nearSteps(steps: StepOfRun[]): StepOfRun[] {
  const open = steps.findIndex((step) => step.done_at === null);
  const next = open < 0 ? steps.length : open;
  return steps.slice(Math.max(0, next - BEFORE), next + AHEAD);
}
