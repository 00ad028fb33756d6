import type { ReactNode } from "react";
import { getBoot } from "@/api/access";
import { cache } from "@/api/queries";
import { App } from "@/app/App";
import { start } from "@/app/session";
import { speak } from "@/lib/i18n";
import { readStored } from "@/lib/stored";
import type { Look } from "@/ui/look";

/** Everything that must be known before the first screen: who is there, and in which language. */
export async function boot(): Promise<ReactNode> {
  const look = readStored<Partial<Look>>("look", {});
  const [state] = await Promise.all([getBoot(), look.language === "en" ? speak("en") : null]);
  start(state);
  if (state.me) cache.setQueryData(["me"], state.me);
  return <App />;
}
