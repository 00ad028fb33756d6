import type { FieldRights } from "@/api/fieldGroups";
import type { ListCustomersParams } from "@/api/generated/zhike.schemas";
import { addDays, today, weekStart } from "@/lib/days";

export type LifeFilter = "active" | "paused" | "archived" | "all";
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
  /** Conditions on any field, each `key:op:value`. */
  field?: string[];
  /** Without it: those in care and those paused, not the archived. */
  life?: LifeFilter;
  /** Nobody was in touch for long, and nothing is planned. */
  dormant?: boolean;
  /** The code of a division: those within. */
  region?: string;
  sort?: string;
  /** The record open beside the list. */
  open?: number;
}

const NEXT_DATES: readonly string[] = ["today", "week", "overdue", "none"];
const LIVES: readonly string[] = ["active", "paused", "archived", "all"];
/** As many conditions as the server takes at once. */
export const MOST_CONDITIONS = 10;
const CONDITION = /^[a-z][a-z0-9_]{0,39}:(eq|ne|in|ge|le|has|empty|filled)(:|$)/;

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
  if (typeof search.life === "string" && LIVES.includes(search.life)) {
    filters.life = search.life as LifeFilter;
  }
  if (search.dormant === true || search.dormant === "true") filters.dormant = true;
  if (/^\d{6}$/.test(String(search.region ?? ""))) filters.region = String(search.region);
  const said = [search.field].flat().filter((one): one is string => typeof one === "string");
  const conditions = said.filter((one) => CONDITION.test(one)).slice(0, MOST_CONDITIONS);
  if (conditions.length > 0) filters.field = conditions;
  return filters;
}

/** Without filters and an order that tell of fields the reader may not see: a list sent by a
 * colleague who sees more still opens. */
export function allowedFilters(filters: CustomerFilters, rights: FieldRights): CustomerFilters {
  const allowed = Object.entries(readFilters({ ...filters })).flatMap(([key, value]) => {
    if (key === "field") {
      const seen = (value as string[]).filter((one) => rights.shows(one.split(":")[0] ?? ""));
      return seen.length > 0 ? [[key, seen]] : [];
    }
    const field = key === "sort" ? String(value).replace(/^-/, "") : key;
    return rights.shows(field) ? [[key, value]] : [];
  });
  return Object.fromEntries(allowed);
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
  const { q: _q, sort: _sort, open: _open, field, ...rest } = filters;
  const set = Object.values(rest).filter((value) => value !== undefined).length;
  return set + (field?.length ?? 0);
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
