import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { choiceKey } from "@/api/fields";
import { allChoices } from "@/api/generated/fields";
import { usePeople } from "@/api/queries";
import type { Choice } from "@/api/types";
import { listRules, ruleWords } from "@/rooms/fields/ruleApi";
import type { Names } from "@/rooms/fields/sentence";

export const ruleKey = ["rules"] as const;

export function useRules() {
  return useQuery({ queryKey: ruleKey, queryFn: listRules });
}

/** What rules can ask for; changes with the fields. */
export function useRuleWords() {
  return useQuery({ queryKey: ["fields", "facts"], queryFn: ruleWords });
}

/** The names of words, colleagues and industries, for rules read aloud. */
export function useNames(): Names {
  const { data: choices } = useQuery({ queryKey: choiceKey, queryFn: () => allChoices() });
  const { data: people } = usePeople();
  return useMemo(() => {
    const lists = (choices ?? {}) as Record<string, Choice[]>;
    const word = (dictionary: string, value: string) =>
      lists[dictionary]?.find((one) => one.value === value)?.label ?? value;
    return {
      word,
      person: (id) => people?.items.find((one) => one.id === id)?.name ?? String(id),
      industry: (code) => word("industry", code),
      region: (code) => code,
    };
  }, [choices, people]);
}
