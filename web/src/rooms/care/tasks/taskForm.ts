import type { TaskIn, TaskOut, TaskPatch } from "@/api/generated/zhike.schemas";
import type { Day } from "@/lib/days";

/** What the form of a task holds. */
export interface TaskFields {
  title: string;
  due_on: Day | null;
  /** "15:30", "" for the whole day. */
  due_time: string;
  way: string;
  materials: string;
  remind_before: number;
  repeat: string;
  repeat_every: number;
  repeat_until: Day | null;
  assignee_id: number | null;
}

export function fieldsOf(task: TaskOut): TaskFields {
  return {
    title: task.title,
    due_on: task.due_on,
    due_time: task.due_time?.slice(0, 5) ?? "",
    way: task.way,
    materials: task.materials,
    remind_before: task.remind_before ?? 0,
    repeat: task.repeat,
    repeat_every: Math.max(1, task.repeat_every),
    repeat_until: task.repeat_until,
    assignee_id: task.assignee?.id ?? null,
  };
}

export function newFields(title: string, due_on: Day, assignee: number): TaskFields {
  return {
    title,
    due_on,
    due_time: "",
    way: "",
    materials: "",
    remind_before: 0,
    repeat: "",
    repeat_every: 1,
    repeat_until: null,
    assignee_id: assignee,
  };
}

/** The fields as they are sent; null where nothing is chosen. */
function said(fields: TaskFields) {
  return {
    title: fields.title.trim(),
    due_time: fields.due_time || null,
    materials: fields.materials.trim(),
    remind_before: fields.remind_before || null,
    repeat: fields.repeat,
    repeat_every: fields.repeat_every || 1,
    repeat_until: fields.repeat ? fields.repeat_until : null,
    way: fields.way,
  };
}

export function orderOf(fields: TaskFields, customer: number | null): TaskIn {
  const { assignee_id } = fields;
  return {
    ...said(fields),
    due_on: fields.due_on ?? "",
    customer_id: customer,
    ...(assignee_id !== null && { assignee_id }),
  };
}

/** Only what was changed: what a colleague changed meanwhile elsewhere stays theirs. */
export function patchOf(version: number, before: TaskFields, after: TaskFields): TaskPatch {
  const whole = (fields: TaskFields) => ({
    ...said(fields),
    due_on: fields.due_on,
    ...assignee(fields),
  });
  const held = whole(before);
  const changed = Object.entries(whole(after)).filter(
    ([key, value]) => held[key as keyof typeof held] !== value,
  );
  return { version, ...Object.fromEntries(changed) };
}

function assignee({ assignee_id }: TaskFields) {
  return assignee_id === null ? {} : { assignee_id };
}
