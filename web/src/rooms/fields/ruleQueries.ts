import { useQuery } from "@tanstack/react-query";
import { useAllWords } from "@/api/fields";
import { usePeople } from "@/api/queries";
import { useRegionNames } from "@/api/regions";
import { type Condition, listRules, ruleWords } from "@/rooms/fields/ruleApi";
import type { Names } from "@/rooms/fields/sentence";

export const ruleKey = ["rules"] as const;

export function useRules() {
  return useQuery({ queryKey: ruleKey, queryFn: listRules });
}

/** What rules can ask for; changes with the fields. */
export function useRuleWords() {
  return useQuery({ queryKey: ["fields", "facts"], queryFn: ruleWords });
}

/** A condition, or what there is of it yet. */
type Compared = Pick<Condition, "value"> & { field: string | null };

/** The names of words, colleagues, industries and regions, for conditions read aloud. */
export function useNames(conditions: readonly Compared[]): Names {
  const words = useAllWords();
  const { data: people } = usePeople();
  const places = conditions.filter(({ field }) => field === "region");
  const region = useRegionNames(places.flatMap(({ value }) => value ?? []).map(String));
  const word = (dictionary: string, value: string) =>
    words[dictionary]?.find((one) => one.value === value)?.label ?? value;
  return {
    word,
    person: (id) => people?.items.find((one) => one.id === id)?.label ?? String(id),
    industry: (code) => word("industry", code),
    region,
  };
}
