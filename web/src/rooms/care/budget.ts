import { changeCustomer, getCustomer } from "@/api/generated/customers";

/** Writes the budget told in a talk into the customer's file. Gives the way to take it back, or null
 * where there was nothing to write. */
export async function noteBudget(
  customer: number,
  budget: string,
): Promise<(() => Promise<void>) | null> {
  const told = budget.trim();
  if (!told) return null;
  const { version, budget: before } = await getCustomer(customer);
  if (before === told) return null;
  const changed = await changeCustomer(customer, { version, budget: told });
  return async () => {
    await changeCustomer(customer, { version: changed.version, budget: before });
  };
}
