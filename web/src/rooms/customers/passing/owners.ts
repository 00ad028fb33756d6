import { useMemo } from "react";
import { usePeople } from "@/api/queries";
import type { Choice } from "@/api/types";

/** Those who can be given a customer. */
export function useOwnerChoices(): Choice[] {
  const { data } = usePeople();
  return useMemo(
    () =>
      (data?.items ?? [])
        .filter((person) => person.is_active && !person.is_service)
        .map((person) => ({ value: String(person.id), label: person.name })),
    [data],
  );
}
