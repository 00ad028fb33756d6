import { describe, expect, test } from "vitest";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { reminderChoices, reminderText } from "@/rooms/care/tasks/reminding";
import { repeatText } from "@/rooms/care/tasks/repeating";
import { isOver, minutesFrom, untilOf } from "@/rooms/care/tasks/snoozing";
import { fieldsOf, newFields, orderOf, patchOf } from "@/rooms/care/tasks/taskForm";

const task: TaskOut = {
  id: 5,
  version: 2,
  kind: "todo",
  title: "交周报",
  materials: "",
  due_on: "2026-11-20",
  due_time: "15:00:00",
  done_at: null,
  customer: null,
  assignee: { id: 1, name: "张三" },
  way: "",
  why: "",
  remind_before: 30,
  remind_at: null,
  repeat: "week",
  repeat_every: 2,
  repeat_until: "2026-12-31",
  series: 5,
};

describe("how a task repeats", () => {
  const repeats = (repeat: string, repeat_every = 1, repeat_until: string | null = null) =>
    repeatText({ repeat, repeat_every, repeat_until }, "2026-11-18");

  test("is said as people say it", () => {
    expect(repeats("")).toBe("");
    expect(repeats("day")).toBe("每天");
    expect(repeats("workday")).toBe("每个工作日");
    expect(repeats("week", 2)).toBe("每 2 周");
    expect(repeats("month", 1, "2026-12-31")).toBe("每月，到12月31日");
    expect(repeats("quarter", 3, "2027-06-30")).toBe("每 3 个季度，到2027年6月30日");
  });
});

describe("when to be reminded", () => {
  test("with a time it is some while before, without one on some morning", () => {
    expect(reminderText(0, true)).toBe("准时");
    expect(reminderText(10, true)).toBe("提前 10 分钟");
    expect(reminderText(60, true)).toBe("提前 1 小时");
    expect(reminderText(1440, true)).toBe("提前 1 天");
    expect(reminderText(0, false)).toBe("当天早上");
    expect(reminderText(1440, false)).toBe("前一天早上");
    expect(reminderText(10_080, false)).toBe("提前 1 周");
  });

  test("what somebody chose by other means stays among the choices", () => {
    const values = reminderChoices(true, 45).map(({ value }) => value);
    expect(values).toEqual([0, 10, 30, 45, 60, 120, 1440]);
  });
});

describe("putting off", () => {
  test("counts by the clock in Shanghai, over midnight too", () => {
    const now = new Date("2026-11-18T15:30:40Z");
    expect(minutesFrom(now, 0)).toEqual({ day: "2026-11-18", time: "23:30" });
    expect(untilOf(minutesFrom(now, 60))).toBe("2026-11-19T00:30");
  });

  test("a minute that has come is over", () => {
    const now = new Date("2026-11-18T15:30:40Z");
    expect(isOver({ day: "2026-11-18", time: "23:30" }, now)).toBe(true);
    expect(isOver({ day: "2026-11-18", time: "23:31" }, now)).toBe(false);
  });
});

describe("the form of a task", () => {
  test("sends only what was changed", () => {
    expect(patchOf(2, fieldsOf(task), fieldsOf(task))).toEqual({ version: 2 });
    const fields = { ...fieldsOf(task), due_time: "", remind_before: 0, title: " 交周报 " };
    expect(patchOf(2, fieldsOf(task), fields)).toEqual({
      version: 2,
      due_time: null,
      remind_before: null,
    });
  });

  test("without repeating there is no end to it either", () => {
    const fields = { ...fieldsOf(task), repeat: "" };
    expect(patchOf(2, fieldsOf(task), fields)).toEqual({
      version: 2,
      repeat: "",
      repeat_until: null,
    });
  });

  test("a new one is one's own, for the whole day", () => {
    expect(orderOf(newFields("订会议室", "2026-11-20", 1), 7)).toMatchObject({
      title: "订会议室",
      due_on: "2026-11-20",
      due_time: null,
      remind_before: null,
      repeat: "",
      customer_id: 7,
      assignee_id: 1,
    });
  });
});
