import { useRef, useState } from "react";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { ApiProblem, messageOf } from "@/api/problem";
import { cache } from "@/api/queries";
import { type CustomerChange, customerKeys, useChangeCustomer } from "@/rooms/customers/queries";
import type { StaleEdit } from "@/rooms/customers/stale/StaleDialog";

export type SaveField = (
  change: CustomerChange,
  shown?: Partial<CustomerOut>,
) => Promise<string | null>;

/** Saves fields of one customer, one after the other: each save knows the version the one before
 * has made, so that a quick hand is never told "somebody changed this" about its own changes.
 * Gives null, or the sentence to show at the field. */
export function useRecordEditing(id: number) {
  const change = useChangeCustomer();
  const [stale, setStale] = useState<StaleEdit | null>(null);
  const last = useRef<Promise<unknown>>(Promise.resolve());

  const save: SaveField = (mine, shown) => {
    const attempt = last.current.then(async () => {
      const before = cache.getQueryData<CustomerOut>(customerKeys.one(id));
      if (!before) return null;
      try {
        await change(before, mine, shown ?? (mine as Partial<CustomerOut>));
        void cache.invalidateQueries({ queryKey: ["timeline", id] });
        return null;
      } catch (error) {
        if (!(error instanceof ApiProblem && error.isStale)) return messageOf(error);
        setStale({ mine, before, problem: error });
        return null;
      }
    });
    last.current = attempt;
    return attempt;
  };
  return { save, stale, closeStale: () => setStale(null) };
}
