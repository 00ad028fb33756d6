import type { AuditChange, AuditItem, AuditQuery } from "@/api/audit";
import { type Day, dayOf, planText } from "@/lib/days";
import { storyDayText, valueText } from "@/rooms/trail/story";

/** What one looks for in the audit log, as it stands in the address. An empty address is all. */
export interface AuditFilters {
  person?: number;
  /** Kind of event: sign-in, customer, right … as the server groups them. */
  group?: string;
  customer?: number;
  from?: Day;
  to?: Day;
  /** A request number, a network address, a customer's code. */
  q?: string;
}

export interface AuditDay {
  day: Day;
  items: AuditItem[];
}

/** Reads filters from an address. What does not fit is left out, never an error page. */
export function readAuditFilters(search: Record<string, unknown>): AuditFilters {
  const filters: AuditFilters = {};
  for (const key of ["person", "customer"] as const) {
    const value = Number(search[key]);
    if (Number.isSafeInteger(value) && value > 0) filters[key] = value;
  }
  for (const key of ["from", "to"] as const) {
    const value = String(search[key] ?? "");
    if (/^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))) filters[key] = value;
  }
  for (const key of ["group", "q"] as const) {
    const value = search[key];
    if (typeof value === "string" && value) filters[key] = value;
    else if (typeof value === "number") filters[key] = String(value);
  }
  return filters;
}

/** The filters as the server takes them. */
export function auditQuery({ group, ...same }: AuditFilters): AuditQuery {
  return { ...same, ...(group && { verb_group: group }) };
}

export function auditByDay(items: AuditItem[]): AuditDay[] {
  const days: AuditDay[] = [];
  for (const item of items) {
    const day = dayOf(item.at);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days;
}

/** 今天 · 11月22日 周日, 11月3日 周二. */
export function auditDayText(day: Day): string {
  const text = storyDayText(day);
  const whole = planText(day);
  return whole.startsWith(text) ? whole : `${text} · ${whole}`;
}

/** A value of a change in words; "" where there is none. */
export function auditValue(value: AuditChange["old"]): string {
  if (typeof value === "boolean") return value ? "✓" : "✗";
  if (value !== null && typeof value === "object" && !Array.isArray(value)) {
    return JSON.stringify(value);
  }
  return valueText(value);
}

const CLOCK = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
});

/** The time of day in Shanghai to the second: here it may matter. */
export function exactTime(instant: string): string {
  return CLOCK.format(new Date(instant));
}
