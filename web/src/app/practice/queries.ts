import { useQuery } from "@tanstack/react-query";
import { practice } from "@/api/generated/practice";

export const practiceKey = ["practice"] as const;
const MAKING = 1_500;

/** How the practice workspace stands; looked at often while it is being made. */
export function usePractice(isAsked = true) {
  return useQuery({
    queryKey: practiceKey,
    queryFn: ({ signal }) => practice({ signal }),
    enabled: isAsked,
    refetchInterval: ({ state: { data } }) =>
      data && (data.state === "making" || data.resetting) ? MAKING : false,
  });
}
