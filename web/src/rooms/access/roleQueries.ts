import { useQuery } from "@tanstack/react-query";
import { organisation } from "@/api/generated/access";
import { getVocabulary, listPeople, listRoles } from "@/rooms/access/roleApi";

export const roleKey = ["roles"] as const;
export const ruleKey = ["organisation"] as const;

const RARELY_CHANGES = 10 * 60_000;

export function useVocabulary() {
  return useQuery({ queryKey: ["rights"], queryFn: getVocabulary, staleTime: RARELY_CHANGES });
}

export function useRoles() {
  return useQuery({ queryKey: roleKey, queryFn: listRoles });
}

/** The colleagues with what only their manager sees of them. */
export function useColleagues() {
  return useQuery({ queryKey: ["people"], queryFn: listPeople });
}

export function useRules() {
  return useQuery({ queryKey: ruleKey, queryFn: () => organisation() });
}
