import type { Me } from "@/api/generated/zhike.schemas";
import { cache } from "@/api/queries";
import { type Action, type Group, type Kind, type Level, Rights, type Scope } from "@/api/rights";
import type { Boot } from "@/api/types";

let setupNeeded = false;

export function start(boot: Boot): void {
  setupNeeded = boot.setup_needed;
}

/** Nobody has ever signed up here: only /setup makes sense. */
export function isSetupNeeded(): boolean {
  return setupNeeded;
}

export function currentMe(): Me | undefined {
  return cache.getQueryData<Me>(["me"]);
}

/** Someone signed in (or created the first account). */
export function enter(me: Me): void {
  setupNeeded = false;
  cache.setQueryData(["me"], me);
}

/** Where to go after signing in: only inside this product, never to an address someone slipped in. */
export function safeTarget(target: string | undefined): string {
  return target && /^\/(?![/\\\s])/.test(target) ? target : "/";
}

/** What the person may do, for code outside components; within them: `useRights()`. */
export function may(action: Action): boolean {
  return rights()?.may(action) ?? false;
}

/** What the person may do with the fields of a group. */
export function level(group: Group): Level {
  return rights()?.level(group) ?? "hidden";
}

/** Which records of a kind the person reaches; null while nobody is signed in. */
export function scope(kind: Kind): Scope | null {
  return rights()?.scope(kind) ?? null;
}

function rights(): Rights | null {
  const me = currentMe();
  return me ? new Rights(me) : null;
}
