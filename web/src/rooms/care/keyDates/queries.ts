import { useQuery } from "@tanstack/react-query";
import {
  zhikeCareKeyDatesApiKeyDatesBetween as between,
  zhikeCareKeyDatesApiKeyDatesOfCustomer as ofCustomer,
} from "@/api/generated/key-dates";
import { addDays, today } from "@/lib/days";

/** The days of one customer that matter; they follow the file, and are fetched again with it. */
export function useKeyDatesOf(customer: number) {
  return useQuery({
    queryKey: ["customer", customer, "key-dates"],
    queryFn: async ({ signal }) => (await ofCustomer(customer, { signal })).items,
  });
}

/** Those of the coming days with one's own customers, or with the team's. */
export function useKeyDates(scope: "mine" | "team", days: number) {
  const from = today();
  return useQuery({
    queryKey: ["today", "key-dates", scope, from, days],
    queryFn: async ({ signal }) =>
      (await between({ scope, from, to: addDays(from, days) }, { signal })).items,
  });
}
