import type { DepartmentOut, PersonOut } from "@/api/generated/zhike.schemas";
import type { Action, Group, Kind, Level, Reach, Scope } from "@/api/rights";

/** What a role grants, as it is edited. */
export interface Grants {
  scopes: Record<Kind, Scope>;
  fields: Record<Group, Level>;
  actions: Action[];
}

export interface Role extends Grants {
  id: number;
  key: string;
  name: string;
  note: string;
  position: number;
  version: number;
  /** The administrator: everything, unchangeable. */
  fixed: boolean;
  needs_second_factor: boolean;
  /** How many people have it. */
  holders: number;
}

/** The words a role is made of, as the server names and explains them. */
export interface Vocabulary {
  kinds: { name: Kind; label: string; note: string }[];
  reaches: { name: Reach; label: string }[];
  groups: { name: Group; label: string; note: string; maskable: boolean }[];
  levels: { name: Level; label: string }[];
  actions: { name: Action; label: string; note: string; section: string }[];
  /** Fields of a customer whose changes can be made to wait for review. */
  reviewable: { name: string; label: string }[];
}

export type Colleague = PersonOut & {
  /** Whether signing in takes a second factor; null (or absent) where one may not know. */
  second_factor?: boolean | null;
};

export type Department = DepartmentOut;

/** What a leaver would leave behind. */
export type Belongings = Record<"customers" | "tasks" | "collaborations", number>;
