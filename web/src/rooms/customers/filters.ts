import type { Query } from "@/api/client";
import { addDays, today, weekStart } from "@/lib/days";

export type NextDate = "today" | "week" | "overdue" | "none";

/** The list's filters as they stand in the address. Everything optional: an empty address is all. */
export interface CustomerFilters {
  q?: string;
  type?: string;
  is_key?: boolean;
  owner?: string;
  source?: string;
  tag?: number;
  next?: NextDate;
  sort?: string;
  /** The record open beside the list. */
  open?: number;
}

const NEXT_DATES: readonly string[] = ["today", "week", "overdue", "none"];

/** Reads filters from an address. What does not fit is left out, never an error page. */
export function readFilters(search: Record<string, unknown>): CustomerFilters {
  const filters: CustomerFilters = {};
  const text = (key: "q" | "type" | "owner" | "source" | "sort") => {
    const value = search[key];
    if (typeof value === "string" && value) filters[key] = value;
    else if (typeof value === "number") filters[key] = String(value);
  };
  for (const key of ["q", "type", "owner", "source", "sort"] as const) text(key);
  for (const key of ["tag", "open"] as const) {
    const value = Number(search[key]);
    if (Number.isSafeInteger(value) && value > 0) filters[key] = value;
  }
  if (search.is_key === true || search.is_key === "true") filters.is_key = true;
  if (typeof search.next === "string" && NEXT_DATES.includes(search.next)) {
    filters.next = search.next as NextDate;
  }
  return filters;
}

/** The filters as the server takes them; 今天 and 本周 become days of this very day. */
export function queryOf(filters: CustomerFilters): Query {
  const { next, open: _open, ...same } = filters;
  return { ...same, ...nextDateQuery(next) };
}

/** How many filters are set, not counting the search text, the order and the open record. */
export function countFilters(filters: CustomerFilters): number {
  const { q: _q, sort: _sort, open: _open, ...rest } = filters;
  return Object.values(rest).filter((value) => value !== undefined).length;
}

function nextDateQuery(next: NextDate | undefined): Query {
  const now = today();
  switch (next) {
    case "today":
      return { next_from: now, next_to: now };
    case "week":
      return { next_from: now, next_to: addDays(weekStart(now), 6) };
    case "overdue":
      return { overdue: true };
    case "none":
      return { next: "none" };
    default:
      return {};
  }
}
