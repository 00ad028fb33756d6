import type { ReactNode } from "react";
import { getBoot } from "@/api/access";
import { cache } from "@/api/queries";
import { App } from "@/app/App";
import { start } from "@/app/session";
import { speak } from "@/lib/i18n";
import { isPractising } from "@/lib/practice";
import { readStored } from "@/lib/stored";
import type { Look } from "@/ui/look";

const PRACTICE_ICON = "/icon-practice.svg";

/** Marks the tab and, with a frame no drawer covers, the window: nothing here is real. */
function mark(): void {
  document.documentElement.dataset.practice = "true";
  document.querySelector("link[rel=icon]")?.setAttribute("href", PRACTICE_ICON);
}

/** Everything that must be known before the first screen: who is there, and in which language. */
export async function boot(): Promise<ReactNode> {
  const look = readStored<Partial<Look>>("look", {});
  const [state] = await Promise.all([getBoot(), look.language === "en" ? speak("en") : null]);
  start(state);
  if (isPractising) mark();
  if (state.me) cache.setQueryData(["me"], state.me);
  return <App />;
}
