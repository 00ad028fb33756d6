import { describe, expect, test } from "vitest";
import type { RunOut, StepOfRun } from "@/api/generated/zhike.schemas";
import { Workdays } from "@/lib/workdays";
import {
  dayOfStep,
  draftOf,
  inOrder,
  lengthOf,
  nearSteps,
  newStep,
  nextDay,
  onTheirDays,
  type StepDraft,
  sent,
  stepTasks,
  yearsOf,
} from "@/rooms/care/playbooks/steps";

const step = (after: number | null, title: string): StepDraft => ({ ...newStep(0), after, title });
const told = (steps: StepDraft[]) => steps.map(({ after, title }) => `${after} ${title}`);
const three = [step(0, "电话"), step(3, "备资料"), step(9, "见面")];

describe("writing a plan", () => {
  test("a step dragged to the front takes the first day, the days themselves stay", () => {
    const [a, b, c] = three as [StepDraft, StepDraft, StepDraft];
    expect(told(onTheirDays(three, [c, a, b]))).toEqual(["0 见面", "3 电话", "9 备资料"]);
  });

  test("a day typed anew moves the step; steps of one day keep their order", () => {
    const typed = [step(12, "电话"), step(3, "备资料"), step(3, "见面")];
    expect(told(inOrder(typed))).toEqual(["3 备资料", "3 见面", "12 电话"]);
  });

  test("the next step is offered a week after the last, and never beyond two years", () => {
    expect(nextDay(three)).toBe(16);
    expect(nextDay([])).toBe(0);
    expect(nextDay([step(729, "最后")])).toBe(730);
  });

  test("what is sent holds no keys, no blanks around words, and a day for each", () => {
    expect(sent([step(null, "  电话 ")])).toEqual([
      { after: 0, way: "phone", title: "电话", content: "", mail: false },
    ]);
  });

  test("a plan opened and sent again is the same plan", () => {
    const steps = [{ after: 5, way: "", title: "备资料", content: "一页", mail: false }];
    const playbook = {
      ...{ id: 1, version: 1, name: "开发", goal: "见面", steps, is_shared: true },
      ...{ owner: null, running: 0, can_edit: true },
    };
    expect(sent(draftOf(playbook).steps)).toEqual(steps);
    expect(lengthOf(steps)).toBe(5);
  });
});

describe("the days of a plan before it is started", () => {
  test("are working days: past a weekend and a holiday, on a weekend that is worked", () => {
    const workdays = new Workdays([
      { on: "2027-01-01", works: false, name: "元旦" },
      { on: "2026-12-19", works: true, name: "元旦调休上班" },
    ]);
    const on = (after: number) => dayOfStep({ after }, "2026-11-22", workdays);
    expect(on(20)).toBe("2026-12-14"); // the 12th is a Saturday
    expect(on(27)).toBe("2026-12-19"); // a Saturday people work on
    expect(on(40)).toBe("2027-01-04"); // New Year, and the weekend after it
    expect(on(1)).toBe("2026-11-23");
  });

  test("lie in these years", () => {
    expect(yearsOf([{ after: 3 }], "2026-11-22")).toEqual([2026]);
    expect(yearsOf([{ after: 3 }, { after: 30 }], "2026-11-22")).toEqual([2026, 2027]);
    expect(yearsOf([{ after: 730 }], "2026-11-22")).toEqual([2026, 2027, 2028]);
  });
});

test("the steps of what runs are no to-dos of their own; those of what is over stay", () => {
  const step = { after: 0, title: "电话", due_on: null, done_at: null };
  const run = (id: number, state: string): RunOut => ({
    ...{ id, state, playbook: { id: 1, name: "开发" }, goal: "", why: "", person: null },
    ...{ started_on: "2026-11-18", ended_at: null, done: 0, total: 2 },
    steps: [
      { ...step, task_id: id * 10 },
      { ...step, task_id: null },
    ],
  });
  expect([...stepTasks([run(1, "running"), run(2, "stopped")])]).toEqual([10]);
});

describe("a run on the page of a customer", () => {
  const run = (done: number): StepOfRun[] =>
    three.map(({ title }, place) => ({
      ...{ after: place, title, task_id: place + 1, due_on: "2026-11-18" },
      done_at: place < done ? "2026-11-18T02:00:00Z" : null,
    }));

  test("shows the step done last and what comes next", () => {
    expect(nearSteps(run(2)).map((one) => one.title)).toEqual(["备资料", "见面"]);
    expect(nearSteps(run(0))).toHaveLength(3);
  });

  test("one that is over shows its last step", () => {
    expect(nearSteps(run(3)).map((one) => one.title)).toEqual(["见面"]);
  });
});
