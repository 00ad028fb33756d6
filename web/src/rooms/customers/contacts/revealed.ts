import { revealOfContact } from "@/api/generated/customers";
import { cache } from "@/api/queries";

/** The whole of a masked value of a contact; the time line then tells who looked. */
export async function revealed(customer: number, contact: number, field: string, reason: string) {
  const { value } = await revealOfContact(contact, { field, ...(reason && { reason }) });
  void cache.invalidateQueries({ queryKey: ["timeline", customer] });
  return value;
}
