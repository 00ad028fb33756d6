import type {
  CustomerChecklists,
  Doer,
  StageLists,
  TickedList,
} from "@/api/generated/zhike.schemas";

/** The lists with a step done by somebody just now, or by nobody. */
export function withTick(
  { items }: CustomerChecklists,
  list: number,
  step: string,
  by: Doer | null,
  now: Date = new Date(),
): CustomerChecklists {
  const at = by ? now.toISOString() : null;
  const ticked = (one: TickedList): TickedList => {
    if (one.id !== list) return one;
    const steps = one.items.map((item) =>
      item.key === step ? { ...item, done: by !== null, done_by: by, done_at: at } : item,
    );
    return { ...one, items: steps, done: steps.filter(({ done }) => done).length };
  };
  return { items: items.map((stage) => ({ ...stage, lists: stage.lists.map(ticked) })) };
}

/** The stages as a customer's page shows them: the one it is in stands open. */
export interface Course {
  now: StageLists | null;
  /** What stands folded: the stages gone through, and those where something was done already. */
  others: StageLists[];
  /** What is still to come, and untouched. */
  ahead: StageLists[];
}

export function courseOf({ items }: CustomerChecklists): Course {
  const at = items.findIndex(({ is_current }) => is_current);
  const isOther = (stage: StageLists, place: number) =>
    place !== at && (place < at || doneIn(stage).done > 0);
  return {
    now: items[at] ?? null,
    others: items.filter(isOther),
    ahead: items.filter((stage, place) => place !== at && !isOther(stage, place)),
  };
}

export function doneIn({ lists }: StageLists): { done: number; total: number } {
  const sum = (count: (list: TickedList) => number) =>
    lists.reduce((total, list) => total + count(list), 0);
  return { done: sum(({ done }) => done), total: sum(({ total }) => total) };
}
