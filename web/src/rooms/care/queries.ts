import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  addTask,
  changeTask,
  completeTask,
  removeTask,
  reopenTask,
  restoreTask,
  skipTask,
  snoozeTask,
  today as startPage,
  tasks,
} from "@/api/generated/care";
import { getCustomer } from "@/api/generated/customers";
import type { TaskIn, TaskOut, TaskPage, TaskPatch, Today } from "@/api/generated/zhike.schemas";
import type { Day } from "@/lib/days";
import { movedTask, withoutTask } from "@/rooms/care/board";
import { useAgreement } from "@/ui/tooOften";

export const careKeys = {
  today: ["today"] as const,
  tasksOf: (customer: number) => ["tasks", customer] as const,
};

export function useToday() {
  return useQuery({
    queryKey: careKeys.today,
    queryFn: ({ signal }) => startPage({ signal }),
    staleTime: 10_000,
    refetchInterval: 5 * 60_000,
  });
}

/** The open tasks of one customer, the next first. */
export function useTasksOf(customer: number, isWanted = true) {
  return useQuery({
    queryKey: careKeys.tasksOf(customer),
    queryFn: ({ signal }) => tasks({ scope: "open", customer, limit: 50 }, { signal }),
    enabled: isWanted,
  });
}

/** The people at a customer, for the form's 联系人. Shares its place in the cache with the file. */
export function useContactsOf(customer: number | undefined) {
  const { data } = useQuery({
    queryKey: ["customer", customer],
    queryFn: ({ signal }) => getCustomer(customer as number, { signal }),
    enabled: customer !== undefined,
  });
  return data?.contacts ?? [];
}

/** What is shown of one customer, by the first word of its key. */
const OF_ONE = [
  "customer",
  "timeline",
  "next-contact",
  "playbook-runs",
  "handing-over-summary",
] as const;

/** What has to be fetched again once something happened with customers; null is nobody's. */
export function refreshAround(cache: QueryClient, ...customers: (number | null)[]): void {
  void cache.invalidateQueries({ queryKey: careKeys.today });
  void cache.invalidateQueries({ queryKey: ["tasks"] });
  void cache.invalidateQueries({ queryKey: ["customers"] });
  // What is done need not be told any more.
  void cache.invalidateQueries({ queryKey: ["notices"] });
  // Who was followed up no longer falls.
  void cache.invalidateQueries({ queryKey: ["pool", "falling"] });
  for (const customer of customers.filter((one) => one !== null))
    for (const name of OF_ONE) void cache.invalidateQueries({ queryKey: [name, customer] });
}

/** Finishing, putting off, adding: shown at once, taken back when the server refuses. */
export function useTaskActions() {
  const cache = useQueryClient();
  const agree = useAgreement();

  const shown = async <T extends TaskOut | null>(
    show: (today: Today) => Today,
    showOne: (list: TaskOut[]) => TaskOut[],
    run: () => Promise<T>,
  ): Promise<T> => {
    await cache.cancelQueries({ queryKey: careKeys.today });
    await cache.cancelQueries({ queryKey: ["tasks"] });
    cache.setQueryData<Today>(careKeys.today, (today) => today && show(today));
    cache.setQueriesData<TaskPage>(
      { queryKey: ["tasks"] },
      (page) => page && { ...page, items: showOne(page.items) },
    );
    let customer: number | null = null;
    try {
      const task = await run();
      customer = task?.customer?.id ?? null;
      return task;
    } finally {
      refreshAround(cache, customer);
    }
  };

  /** Gives null where it would be contacted too often, and somebody thought better of it. */
  const moved = (
    task: TaskOut,
    day: Day,
    time: string | null,
    run: (agreed: { agreed?: true }) => Promise<TaskOut>,
  ) => {
    const after = { ...task, due_on: day, due_time: time };
    return shown(
      (today) => movedTask(today, after, day),
      (list) => list.map((one) => (one.id === task.id ? after : one)),
      () => agree(run),
    );
  };

  return {
    complete: (task: TaskOut) =>
      shown(
        (today) => withoutTask(today, task.id, true),
        (list) => list.filter((one) => one.id !== task.id),
        () => completeTask(task.id),
      ),
    reopen: async (task: TaskOut): Promise<void> => {
      try {
        await reopenTask(task.id);
      } finally {
        refreshAround(cache, task.customer?.id ?? null);
      }
    },
    /** To another day; the time goes with it unless another one is given. */
    putOff: (task: TaskOut, day: Day, time: string | null = task.due_time) =>
      moved(task, day, time, (agreed) =>
        changeTask(task.id, {
          version: task.version,
          due_on: day,
          ...(time !== task.due_time && { due_time: time }),
          ...agreed,
        }),
      ),
    /** Until `tomorrow`, `next_week` or a minute; `day` and `time` are what that most likely is. */
    snooze: (task: TaskOut, until: string, day: Day, time: string | null) =>
      moved(task, day, time, (agreed) => snoozeTask(task.id, { until, ...agreed })),
    /** Leaves this one of a series out. */
    skip: (task: TaskOut) =>
      shown(
        (today) => withoutTask(today, task.id, false),
        (list) => list.filter((one) => one.id !== task.id),
        () => skipTask(task.id),
      ),
    remove: (task: TaskOut) =>
      shown(
        (today) => withoutTask(today, task.id, false),
        (list) => list.filter((one) => one.id !== task.id),
        async () => {
          await removeTask(task.id);
          return task;
        },
      ),
    restore: async (task: TaskOut): Promise<void> => {
      try {
        await restoreTask(task.id);
      } finally {
        // Refused: another one was planned meanwhile, which is not on the screen yet.
        refreshAround(cache, task.customer?.id ?? null);
      }
    },
    change: async (task: TaskOut, patch: TaskPatch): Promise<TaskOut> => {
      try {
        return await changeTask(task.id, patch);
      } finally {
        refreshAround(cache, task.customer?.id ?? null);
      }
    },
    add: async (task: TaskIn): Promise<TaskOut> => {
      const added = await addTask(task);
      refreshAround(cache, task.customer_id ?? null);
      return added;
    },
  };
}
