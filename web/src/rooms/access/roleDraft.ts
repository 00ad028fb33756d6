import { t } from "@lingui/core/macro";
import type { Action, Group, Kind, Level, Scope } from "@/api/rights";
import { currentLanguage } from "@/lib/i18n";
import type { Grants, Role, Vocabulary } from "@/rooms/access/roleTypes";

/** A role while it is edited. */
export type Draft = Grants & Pick<Role, "name" | "note" | "needs_second_factor">;

/** The body of a save: only what was changed. */
export interface RoleChange {
  name?: string;
  note?: string;
  needs_second_factor?: boolean;
  scopes?: Partial<Record<Kind, Scope>>;
  fields?: Partial<Record<Group, Level>>;
  actions?: Action[];
}

export function draftOf(role: Draft): Draft {
  const { name, note, needs_second_factor, scopes, fields, actions } = role;
  return { name, note, needs_second_factor, scopes, fields, actions };
}

/** What makes `after` out of `before`, to be sent for a role that stands at `now` (usually as
 * `before`): what somebody else changed elsewhere in it meanwhile stays. */
export function changeBetween(before: Draft, after: Draft, now: Draft = before): RoleChange {
  const change: RoleChange = {};
  if (after.name.trim() !== before.name) change.name = after.name.trim();
  if (after.note.trim() !== before.note) change.note = after.note.trim();
  if (after.needs_second_factor !== before.needs_second_factor) {
    change.needs_second_factor = after.needs_second_factor;
  }
  const scopes = changed(before.scopes, after.scopes, sameScope);
  if (scopes) change.scopes = scopes;
  const fields = changed(before.fields, after.fields, Object.is);
  if (fields) change.fields = fields;
  const added = after.actions.filter((one) => !before.actions.includes(one));
  const removed = before.actions.filter((one) => !after.actions.includes(one));
  if (added.length + removed.length > 0) {
    const kept = now.actions.filter((one) => !removed.includes(one) && !added.includes(one));
    change.actions = [...kept, ...added];
  }
  return change;
}

/** Each difference in words: 金额：可看 → 看不到. */
export function differences(before: Draft, after: Draft, words: Vocabulary): string[] {
  const told: string[] = [];
  if (before.name !== after.name.trim()) told.push(t`名称：${before.name} → ${after.name.trim()}`);
  if (before.note !== after.note.trim()) told.push(t`说明改了`);
  for (const kind of words.kinds) {
    const [was, is] = [before.scopes[kind.name], after.scopes[kind.name]];
    if (sameScope(was, is)) continue;
    told.push(`${kind.label}：${scopeText(was, words)} → ${scopeText(is, words)}`);
  }
  const level = (name: Level) => words.levels.find((one) => one.name === name)?.label ?? name;
  for (const { name, label } of words.groups) {
    if (before.fields[name] === after.fields[name]) continue;
    told.push(`${label}：${level(before.fields[name])} → ${level(after.fields[name])}`);
  }
  for (const { name, label } of words.actions) {
    const [was, is] = [before.actions.includes(name), after.actions.includes(name)];
    if (was !== is) told.push(is ? t`可以${label}` : t`不再可以${label}`);
  }
  if (before.needs_second_factor !== after.needs_second_factor) {
    told.push(after.needs_second_factor ? t`必须两步验证` : t`不再必须两步验证`);
  }
  return told;
}

/** Can a group stand at this level? A customer nobody could name is none: the basics always show.
 * Source: server, zhike/access/rights.py. */
export function isPossible(group: Vocabulary["groups"][number], level: Level): boolean {
  if (level === "masked") return group.maskable;
  return level !== "hidden" || group.name !== "basic";
}

/** Sets every group to a level; those that cannot stand there stay as they are. */
export function allGroups(draft: Draft, level: Level, words: Vocabulary): Draft {
  const fields = { ...draft.fields };
  for (const group of words.groups) {
    if (isPossible(group, level)) fields[group.name] = level;
  }
  return { ...draft, fields };
}

/** 本人负责的、共享给我的和公海里的; 看不到 for none of them. */
export function scopeText(scope: Scope, words: Vocabulary): string {
  const reach = words.reaches.find((one) => one.name === scope.reach)?.label ?? scope.reach;
  if (scope.reach === "all") return reach;
  const parts = [
    ...(scope.reach === "none" ? [] : [reach]),
    ...(scope.shared ? [t`共享来的`] : []),
    ...(scope.pool ? [t`公海里的`] : []),
  ];
  return parts.length > 0 ? list(parts) : reach;
}

/** Words in a row as one says them: 甲、乙和丙. */
export function list(parts: string[]): string {
  return new Intl.ListFormat(currentLanguage(), { type: "conjunction" }).format(parts);
}

export function sameScope(one: Scope, other: Scope): boolean {
  return one.reach === other.reach && one.shared === other.shared && one.pool === other.pool;
}

function changed<Name extends string, Value>(
  before: Record<Name, Value>,
  after: Record<Name, Value>,
  same: (one: Value, other: Value) => boolean,
): Partial<Record<Name, Value>> | null {
  const names = (Object.keys(after) as Name[]).filter((name) => !same(before[name], after[name]));
  if (names.length === 0) return null;
  const found: Partial<Record<Name, Value>> = {};
  for (const name of names) found[name] = after[name];
  return found;
}
