import type { Me } from "@/api/generated/zhike.schemas";
import { cache } from "@/api/queries";
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
