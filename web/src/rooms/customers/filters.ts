import type { FieldRights } from "@/api/fieldGroups";
import type { ListCustomersParams } from "@/api/generated/zhike.schemas";
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
  /** Those who came in with one import. */
  import_id?: number;
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
  for (const key of ["tag", "import_id", "open"] as const) {
    const value = Number(search[key]);
    if (Number.isSafeInteger(value) && value > 0) filters[key] = value;
  }
  if (search.is_key === true || search.is_key === "true") filters.is_key = true;
  if (typeof search.next === "string" && NEXT_DATES.includes(search.next)) {
    filters.next = search.next as NextDate;
  }
  return filters;
}

/** Without filters and an order that tell of fields the reader may not see: a list sent by a
 * colleague who sees more still opens. */
export function allowedFilters(filters: CustomerFilters, rights: FieldRights): CustomerFilters {
  return Object.fromEntries(
    Object.entries(filters).filter(([key, value]) =>
      rights.shows(key === "sort" ? String(value).replace(/^-/, "") : key),
    ),
  );
}

/** What lists, totals and exports have in common: the filters as the server takes them. */
export type CustomerQuery = Omit<ListCustomersParams, "sort" | "cursor" | "limit">;

/** The filters as the server takes them; 今天 and 本周 become days of this very day. */
export function queryOf(filters: CustomerFilters): CustomerQuery {
  const { next, type, owner, open: _open, sort: _sort, ...same } = filters;
  return {
    ...same,
    ...(type && { type: [type] }),
    ...(owner && { owner: owner as CustomerQuery["owner"] }),
    ...nextDateQuery(next),
  };
}

/** How many filters are set, not counting the search text, the order and the open record. */
export function countFilters(filters: CustomerFilters): number {
  const { q: _q, sort: _sort, open: _open, ...rest } = filters;
  return Object.values(rest).filter((value) => value !== undefined).length;
}

function nextDateQuery(next: NextDate | undefined): CustomerQuery {
  const now = today();
  switch (next) {
    case "today":
      return { next_from: now, next_to: now };
    case "week":
      return { next_from: now, next_to: addDays(weekStart(now), 6) };
    case "overdue":
      return { overdue: true };
    case "none":
      return { unplanned: true };
    default:
      return {};
  }
}
