import type { InfiniteData } from "@tanstack/react-query";
import type { ClaimLimits, ClaimOut, InPool, PoolPage } from "@/api/generated/zhike.schemas";

export type PoolPages = InfiniteData<PoolPage, string | null>;

/** Somebody who was not claimed, and why. */
export interface NotClaimed {
  id: number;
  name: string;
  why: string;
}

/** How many more may be claimed now. */
export function roomLeft(limits: ClaimLimits): number {
  const today = limits.claims_per_day - limits.claimed_today;
  const held = limits.capacity > 0 ? limits.capacity - limits.held : today;
  return Math.max(0, Math.min(today, held));
}

/** The pool as it is shown while the claim is under way: without them, and the limits used up. */
export function withoutClaimed(pages: PoolPages, ids: readonly number[]): PoolPages {
  const gone = new Set(ids);
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items.filter((one) => !gone.has(one.id)),
      limits: {
        ...page.limits,
        held: page.limits.held + ids.length,
        claimed_today: page.limits.claimed_today + ids.length,
      },
    })),
  };
}

/** The pool after the answer: who was refused stands where they stood, and says why. */
export function settled(before: PoolPages, answer: ClaimOut): PoolPages {
  const why = new Map(answer.refused.map((one) => [one.id, one.why]));
  const without = withoutClaimed(before, answer.claimed);
  const marked = (one: InPool): InPool => {
    const refusal = why.get(one.id);
    return refusal === undefined ? one : { ...one, claimable: false, why_not: refusal };
  };
  return {
    ...without,
    pages: without.pages.map((page) => ({ ...page, items: page.items.map(marked) })),
  };
}

/** Those refused, by name. */
export function notClaimed(rows: readonly InPool[], answer: ClaimOut): NotClaimed[] {
  const names = new Map(rows.map((one) => [one.id, one.name]));
  return answer.refused.map(({ id, why }) => ({ id, why, name: names.get(id) ?? "" }));
}

/** Refusals for one reason stand together: 晨星教育、青禾农业：刚被别人领走了. */
export function byReason(refused: readonly NotClaimed[]): { why: string; names: string[] }[] {
  const found = new Map<string, string[]>();
  for (const { why, name } of refused) found.set(why, [...(found.get(why) ?? []), name]);
  return [...found].map(([why, names]) => ({ why, names }));
}
