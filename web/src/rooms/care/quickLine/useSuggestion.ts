import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { getGetCareRulesUrl, getNextContactUrl } from "@/api/generated/cadence";
import type { CareRulesOut, NextContactOut } from "@/api/generated/zhike.schemas";
import type { Day } from "@/lib/days";
import type { NextPlan } from "@/rooms/care/draft";
import { quietly } from "@/rooms/care/quickLine/quiet";

export interface Suggestion {
  /** What the rules ask for; null where no rule speaks of the customer. */
  plan: NextPlan | null;
  why: string;
  /** The rules plan it by themselves where nothing else is told. */
  isPlanned: boolean;
  /** The day that was agreed on before, and stands where nothing else is told. */
  agreed: Day | null;
}

const MINUTE = 60_000;

/** When the customer is to be contacted again after a day: by the cadence, or as agreed on before;
 * null where neither says so, and as long as nobody wants to know. */
export function useSuggestion(customer: number, after: Day, isWanted: boolean): Suggestion | null {
  const { data: rules } = useQuery({
    queryKey: ["care-rules", "quietly"],
    queryFn: ({ signal }) => quietly<CareRulesOut>(getGetCareRulesUrl(), { method: "GET", signal }),
    enabled: isWanted,
    staleTime: 10 * MINUTE,
    retry: false,
  });
  const { data: found } = useQuery({
    queryKey: ["next-contact", customer, "quietly", after],
    queryFn: ({ signal }) =>
      quietly<NextContactOut>(getNextContactUrl(customer, { after }), { method: "GET", signal }),
    enabled: isWanted,
    staleTime: MINUTE,
    retry: false,
  });
  return useMemo(() => {
    if (!found || !(found.on || found.agreed)) return null;
    const { on, time, matter, why, agreed } = found;
    return {
      plan: on ? { on, time: time?.slice(0, 5) ?? "", matter, materials: "", byRule: true } : null,
      why,
      isPlanned: on !== null && !agreed && (rules?.plans_itself ?? false),
      agreed: agreed ?? null,
    };
  }, [found, rules]);
}
