import { events, groups, state, verify } from "@/api/generated/audit";
import type {
  Item as AnyItem,
  State as AuditState,
  Change,
  EventsParams,
} from "@/api/generated/zhike.schemas";

/** The audit log under names that say so; the words of `via` stand in zhike/trail/actions.py. */

export type { AuditState };
export type AuditChange = Change;

/** Whether it came through a session, a token, a job of the product, or its command line. */
export type Via = "session" | "token" | "system" | "command";

export type AuditItem = Omit<AnyItem, "via"> & { via: Via };

export type AuditQuery = Pick<EventsParams, "person" | "verb_group" | "customer"> &
  Pick<EventsParams, "from" | "to" | "q" | "cursor" | "limit">;

export const auditEvents = (query: AuditQuery, signal: AbortSignal) =>
  events(query, { signal }) as Promise<{ items: AuditItem[]; next: string | null }>;

export const auditGroups = (signal: AbortSignal) => groups({ signal });

export const auditState = (signal: AbortSignal) => state({ signal });

/** Has the whole chain verified; the state tells when that is done. */
export const checkAudit = () => verify();
