import { addTask, changeTask, tasks } from "@/api/generated/care";
import type { Day } from "@/lib/days";
import { useAgreement } from "@/ui/tooOften";

/** Moves a customer's next follow-up to a day; plans one where none was planned. Gives false where
 * that would be one contact too many, and somebody thought better of it. */
export function usePlanFollowUp(): (customer: number, day: Day) => Promise<boolean> {
  const agree = useAgreement();
  return async (customer, day) => {
    const open = await tasks({ scope: "open", customer });
    const next = open.items.find((task) => task.kind === "follow_up");
    const planned = await agree((agreed) =>
      next
        ? changeTask(next.id, { version: next.version, due_on: day, ...agreed })
        : addTask({ kind: "follow_up", customer_id: customer, due_on: day, ...agreed }),
    );
    return planned !== null;
  };
}
