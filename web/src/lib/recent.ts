import { readStored, writeStored } from "@/lib/stored";

/** A customer looked at lately: only what the search box shows, nothing protected. */
interface Recent {
  id: number;
  name: string;
  code: string;
}

const KEPT = 8;

export function recentCustomers(person: number): Recent[] {
  return readStored<Recent[]>(`recent.${person}`, []);
}

export function rememberCustomer(person: number, customer: Recent): void {
  const others = recentCustomers(person).filter((one) => one.id !== customer.id);
  const { id, name, code } = customer;
  writeStored(`recent.${person}`, [{ id, name, code }, ...others].slice(0, KEPT));
}
