import { useQuery } from "@tanstack/react-query";
import { handingOverSummary } from "@/api/generated/care";

/** What a new owner should know; asked for only by the owner, and again once something was done. */
export function useSummary(customer: number, isWanted: boolean) {
  return useQuery({
    queryKey: ["handing-over-summary", customer],
    queryFn: ({ signal }) => handingOverSummary(customer, { signal }),
    enabled: isWanted,
    staleTime: 10 * 60_000,
    refetchOnWindowFocus: false,
  });
}
