import { useMe } from "@/api/queries";
import { useRights } from "@/api/rights";
import { readStored, writeStored } from "@/lib/stored";

/** Whose day the start page shows. */
export type StartView = "mine" | "team";

/** Does the person see colleagues' tasks: somebody who leads? */
export function useLeads(): boolean {
  const { reach } = useRights().scope("task");
  return reach === "team" || reach === "below" || reach === "all";
}

/** What the start page opens with: who leads a team begins with the team, everybody else with their
 * own day; and whoever chose otherwise, with what they chose last on this device. */
export function useStartView(): { first: StartView; keep: (view: StartView) => void } {
  const me = useMe();
  const { reach } = useRights().scope("task");
  const usual = reach === "team" || reach === "below" ? "team" : "mine";
  const place = `start-view:${me.id}`;
  const kept = readStored<unknown>(place, null);
  return {
    first: kept === "team" || kept === "mine" ? kept : usual,
    keep: (view) => writeStored(place, view),
  };
}
