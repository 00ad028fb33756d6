import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import type { CustomerPage, TaskCustomer, TaskOut } from "@/api/generated/zhike.schemas";
import { useMe } from "@/api/queries";
import { recentCustomers } from "@/lib/recent";
import { useToday } from "@/rooms/care/queries";
import type { Known } from "@/rooms/care/quickLine/matching";

const SHOWN_DUE = 5;

/** The customers this device knows without asking: those looked at lately, those due, and besides
 * them whoever stands in 今日 or in a list that was opened. */
export function useKnown(): { recent: Known[]; due: Known[]; all: Known[] } {
  const me = useMe();
  const cache = useQueryClient();
  const { data } = useToday();
  const { due = [], overdue = [], coming = [], promises = [] } = data ?? {};
  const tasks = [...due, ...overdue, ...coming, ...promises];
  const ofTasks = seen(tasks);
  const lists = cache.getQueriesData<InfiniteData<CustomerPage>>({
    queryKey: ["customers", "list"],
  });
  const listed = lists
    .flatMap(([, list]) => list?.pages?.flatMap(({ items }) => items) ?? [])
    .map(({ id, name, contact }) => ofName(id, name, contact?.name ?? ""));
  const recent = recentCustomers(me.id).map(({ id, name, code }) => ({
    ...{ id, name, aside: code },
    contact: [...ofTasks, ...listed].find((one) => one.id === id)?.contact ?? "",
  }));
  const asked = once(seen([...due, ...overdue]));
  const isRecent = ({ id }: Known) => recent.some((one) => one.id === id);
  return {
    recent,
    due: asked.filter((one) => !isRecent(one)).slice(0, SHOWN_DUE),
    all: once([...recent, ...ofTasks, ...listed]),
  };
}

/** The customers of tasks; of those whose file is out of sight nothing can be noted. */
function seen(tasks: TaskOut[]): Known[] {
  return tasks.flatMap(({ customer }) => (customer?.in_sight ? [ofTask(customer)] : []));
}

function ofTask({ id, name, contact_name }: TaskCustomer): Known {
  return ofName(id, name, contact_name);
}

function ofName(id: number, name: string, contact: string): Known {
  return { id, name, contact, aside: contact };
}

function once(known: Known[]): Known[] {
  return known.filter((one, at) => known.findIndex(({ id }) => id === one.id) === at);
}
