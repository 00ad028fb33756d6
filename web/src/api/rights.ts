import { useMe } from "@/api/queries";

/** The words rights are made of (server: zhike/access/rights.py). */
export type Reach = "none" | "own" | "team" | "below" | "all";
export type Level = "hidden" | "masked" | "read" | "edit";
export type Kind = "customer" | "follow_up" | "task" | "care" | "feedback";
export type Group =
  | "basic"
  | "identity"
  | "address"
  | "contact"
  | "phone"
  | "email"
  | "needs"
  | "cooperation"
  | "money"
  | "notes";
export type Action =
  | "create"
  | "log"
  | "share"
  | "hand_over"
  | "delete"
  | "review"
  | "manage_tags"
  | "reveal"
  | "import"
  | "export"
  | "export_plain"
  | "manage_people"
  | "manage_roles"
  | "configure"
  | "audit";

/** Which records of a kind: by reach, those shared with one, those in the pool. */
export interface Scope {
  reach: Reach;
  shared: boolean;
  pool: boolean;
}

const NOTHING: Scope = { reach: "none", shared: false, pool: false };
const ORDER: Level[] = ["hidden", "masked", "read", "edit"];

/** The part of `Me` that rights are read from. */
interface Granted {
  rights: Record<string, boolean | undefined>;
  scopes?: Record<string, { reach: string; shared: boolean; pool: boolean }>;
  fields?: Record<string, string>;
}

/** What somebody may see and do. What is not named is not granted. */
export class Rights {
  constructor(private readonly me: Granted) {}

  may(action: Action): boolean {
    return this.me.rights[action] ?? false;
  }

  scope(kind: Kind): Scope {
    return (this.me.scopes?.[kind] as Scope | undefined) ?? NOTHING;
  }

  level(group: Group): Level {
    return (this.me.fields?.[group] as Level | undefined) ?? "hidden";
  }

  /** Is the level of the group at least this one? */
  reaches(group: Group, level: Level): boolean {
    return ORDER.indexOf(this.level(group)) >= ORDER.indexOf(level);
  }

  /** Everybody's customers, and not only one's own. */
  get seesAll(): boolean {
    return this.scope("customer").reach === "all";
  }
}

/** What the person signed in (or the role looked through) may see and do. */
export function useRights(): Rights {
  return new Rights(useMe());
}
