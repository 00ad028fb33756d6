import { useQuery } from "@tanstack/react-query";
import { FieldRights, useFieldGroups } from "@/api/fieldGroups";
import { getCustomer } from "@/api/generated/customers";

/** The budget in the customer's file, "" where none is known; null where it may not be changed. */
export function useBudgetOnFile(customer: number): string | null {
  const groups = useFieldGroups();
  const { data } = useQuery({
    queryKey: ["customer", customer],
    queryFn: ({ signal }) => getCustomer(customer, { signal }),
  });
  const mayChange = data?.can.edit && new FieldRights(data.fields, groups).edits("budget");
  return data && mayChange ? data.budget : null;
}
