/** What the address of the pool's list holds; an empty one is all, who came last first. */
export interface PoolFilters {
  q?: string;
  sort?: PoolSort;
  /** Who falls soon is shown of the whole team. */
  falling?: "team";
  /** The customer open beside the list. */
  open?: number;
}

export type PoolSort = "came_on";

/** Reads an address. What does not fit is left out. */
export function readPoolFilters(search: Record<string, unknown>): PoolFilters {
  const open = Number(search.open);
  const q = typeof search.q === "number" ? String(search.q) : search.q;
  return {
    ...(typeof q === "string" && q && { q: q.slice(0, 100) }),
    ...(search.sort === "came_on" && { sort: search.sort }),
    ...(search.falling === "team" && { falling: search.falling }),
    ...(Number.isSafeInteger(open) && open > 0 && { open }),
  };
}
