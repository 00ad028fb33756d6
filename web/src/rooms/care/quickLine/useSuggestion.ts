import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { getGetCareRulesUrl, getNextContactUrl } from "@/api/generated/cadence";
import type { CareRulesOut, NextContactOut } from "@/api/generated/zhike.schemas";
import type { Day } from "@/lib/days";
import type { NextPlan } from "@/rooms/care/draft";
import { quietly } from "@/rooms/care/quickLine/quiet";

export interface Suggestion {
  plan: NextPlan;
  why: string;
  /** The rules plan it by themselves where nothing else is told. */
  isPlanned: boolean;
}

const MINUTE = 60_000;

/** When the cadence would have the customer contacted again after a day; null where no rule speaks
 * of it, and as long as nobody wants to know. */
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
    if (!found?.on) return null;
    const { on, time, matter, why } = found;
    return {
      plan: { on, time: time?.slice(0, 5) ?? "", matter, materials: "", byRule: true },
      why,
      isPlanned: rules?.plans_itself ?? false,
    };
  }, [found, rules]);
}
