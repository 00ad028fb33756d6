import { useQuery } from "@tanstack/react-query";
import { preparation } from "@/api/generated/preparing";

/** What to know before a contact. Always fetched anew when it opens: a talk may just have ended. */
export function usePreparation(customer: number) {
  return useQuery({
    queryKey: ["preparation", customer],
    queryFn: ({ signal }) => preparation(customer, { signal }),
    staleTime: 0,
    refetchOnMount: "always",
  });
}
