import type { StartView } from "@/rooms/care/today/leading";

/** What the address of the start page holds. */
export interface StartSearch {
  /** The customer open beside it. */
  open?: number;
  /** The team's day, or one's own; absent: what the start page opens with. */
  view?: StartView;
  /** Whose tasks stand open beside the team, and which. */
  person?: number;
  list?: PersonList;
  /** What else stands open beside one's own day: the days that matter, or what came late. */
  beside?: "dates" | "late";
  /** Of the days that matter: how far ahead, and whose. */
  days?: 90;
  of?: "team";
}

const LISTS = ["overdue", "today", "late"] as const;
export type PersonList = (typeof LISTS)[number];

/** Reads the address. What does not fit is left out. */
export function readStart(search: Record<string, unknown>): StartSearch {
  const open = idOf(search.open);
  if (search.view !== "team") {
    if (open) return { open };
    if (search.beside === "late") return { beside: "late" };
    if (search.beside !== "dates") return search.view === "mine" ? { view: "mine" } : {};
    return {
      beside: "dates",
      ...(Number(search.days) === 90 && { days: 90 }),
      ...(search.of === "team" && { of: "team" }),
    };
  }
  const person = idOf(search.person);
  return {
    view: "team",
    ...(person && { person, list: LISTS.find((one) => one === search.list) ?? "overdue" }),
  };
}

function idOf(value: unknown): number | null {
  const id = Number(value);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}
