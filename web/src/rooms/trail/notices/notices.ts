import { t } from "@lingui/core/macro";
import type { Notice } from "@/api/notices";
import { type Day, dayOf, today } from "@/lib/days";

/** A reminder that comes this late or less came in time. */
const WORTH_TELLING = 10;
const HOUR = 60;
const DAY = 24 * HOUR;

/** How late a notice came, as people say it: 迟了 3 天; null where it came in time. */
export function lateText(minutes: number): string | null {
  if (minutes < WORTH_TELLING) return null;
  if (minutes < 2 * HOUR) return t`迟了 ${minutes} 分钟`;
  if (minutes < 2 * DAY) {
    const hours = Math.floor(minutes / HOUR);
    return t`迟了 ${hours} 小时`;
  }
  const days = Math.floor(minutes / DAY);
  return t`迟了 ${days} 天`;
}

/** The sentence the server adds for those who read it elsewhere; here a mark says it. */
const DELAY = /\s*本应在[^。\n]*迟了[^。\n]*。/u;

/** The lines below the title. */
export function bodyLines(notice: Pick<Notice, "body" | "late_minutes">): string[] {
  const isMarked = lateText(notice.late_minutes) !== null;
  const body = isMarked ? notice.body.replace(DELAY, "") : notice.body;
  return body.split("\n").filter((line) => line.trim() !== "");
}

export interface NoticeGroup {
  when: "today" | "earlier";
  items: Notice[];
}

/** The notices of today, and those before. */
export function grouped(notices: Notice[], now: Day = today()): NoticeGroup[] {
  const isOfToday = (notice: Notice) => dayOf(notice.created_at) >= now;
  const groups: NoticeGroup[] = [
    { when: "today", items: notices.filter(isOfToday) },
    { when: "earlier", items: notices.filter((notice) => !isOfToday(notice)) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** Where a notice leads; null: it says all there is. */
export type Target =
  | { to: "customer"; id: number }
  | { to: "import"; id: number }
  | { to: "reviews" }
  | { to: "channels" }
  | { to: "unplanned" }
  | { to: "own" }
  | { to: "today" };

/** Kinds that are about what is to be done on 今日. */
const OF_THE_DAY = new Set([
  "task_due",
  "task_given",
  "overdue",
  "digest",
  "key_date",
  "pool_falling",
]);

export function targetOf(notice: Pick<Notice, "kind" | "customer" | "record">): Target | null {
  const { kind, customer, record } = notice;
  if (kind === "review") return { to: "reviews" };
  if (kind === "unplanned") return { to: "unplanned" };
  if (record?.type === "import") return { to: "import", id: record.id };
  if (record?.type === "channel") return { to: "channels" };
  if (customer) return { to: "customer", id: customer.id };
  if (kind === "handed_over") return { to: "own" };
  return OF_THE_DAY.has(kind) ? { to: "today" } : null;
}

export const SETTINGS_HREF = "/settings?part=notices";

/** The address a notice leads to, within this product. */
export function hrefOf(notice: Pick<Notice, "kind" | "customer" | "record">): string | null {
  const target = targetOf(notice);
  switch (target?.to) {
    case undefined:
      return null;
    case "customer":
      return `/customers/${target.id}`;
    case "import":
      return `/doors/${target.id}`;
    case "reviews":
      return "/reviews";
    case "channels":
      return "/settings?part=channels";
    case "unplanned":
      return "/customers?next=none&owner=me";
    case "own":
      return "/customers?owner=me";
    case "today":
      return "/";
  }
}

/** Kinds that cannot wait until somebody looks at the bell. */
const URGENT = new Set([
  "task_due",
  "task_given",
  "handed_over",
  "pool_fell",
  "import_done",
  "system",
]);

export function isUrgent(kind: string): boolean {
  return URGENT.has(kind);
}

/** Kinds after which there is something else to do, or somebody else's customer: by the first word
 * of the key, what was fetched before they came. */
const MOVING = new Set(["task_given", "handed_over", "pool_fell", "import_done"]);
const MOVED = ["today", "tasks", "customers", "pool"];

/** What has to be fetched again now that such notices came. */
export function staleAfter(kinds: string[]): string[] {
  return kinds.some((kind) => MOVING.has(kind)) ? MOVED : [];
}

/** The count on the bell: nothing, 7, 99+. */
export function badgeText(unread: number): string {
  if (unread <= 0) return "";
  return unread > 99 ? "99+" : String(unread);
}
