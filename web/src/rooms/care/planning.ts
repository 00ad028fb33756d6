import { addTask, changeTask, tasks } from "@/api/generated/care";
import type { Day } from "@/lib/days";

/** Moves a customer's next follow-up to a day; plans one where none was planned. */
export async function planFollowUp(customer: number, day: Day): Promise<void> {
  const open = await tasks({ scope: "open", customer });
  const next = open.items.find((task) => task.kind === "follow_up");
  if (next) await changeTask(next.id, { version: next.version, due_on: day });
  else await addTask({ kind: "follow_up", customer_id: customer, due_on: day });
}
