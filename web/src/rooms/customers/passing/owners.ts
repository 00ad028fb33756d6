import { useMemo } from "react";
import { works } from "@/api/people";
import { usePeople } from "@/api/queries";
import type { Choice } from "@/api/types";

/** Those who can be given a customer. */
export function useOwnerChoices(): Choice[] {
  const { data } = usePeople();
  return useMemo(
    () => (data?.items ?? []).filter(works).map(({ id, label }) => ({ value: String(id), label })),
    [data],
  );
}
