import { useQueryClient } from "@tanstack/react-query";
import { addTask, changeTask, tasks } from "@/api/generated/care";
import type { Day } from "@/lib/days";
import { careKeys } from "@/rooms/care/queries";
import { useAgreement } from "@/ui/tooOften";

/** Moves a customer's next follow-up to a day; plans one where none was planned. Gives false where
 * that would be one contact too many, and somebody thought better of it. The list it is done in is
 * not fetched again: its rows stay where they stand. */
export function usePlanFollowUp(): (customer: number, day: Day) => Promise<boolean> {
  const cache = useQueryClient();
  const agree = useAgreement();
  return async (customer, day) => {
    const open = await tasks({ scope: "open", customer });
    const next = open.items.find((task) => task.kind === "follow_up");
    const planned = await agree((agreed) =>
      next
        ? changeTask(next.id, { version: next.version, due_on: day, ...agreed })
        : addTask({ kind: "follow_up", customer_id: customer, due_on: day, ...agreed }),
    );
    if (!planned) return false;
    for (const queryKey of [
      careKeys.today,
      ["tasks"],
      ["customer", customer],
      ["timeline", customer],
    ])
      void cache.invalidateQueries({ queryKey });
    return true;
  };
}
