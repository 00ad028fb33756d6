import type { ListedCustomer } from "@/api/generated/zhike.schemas";

/** A customer as a list shows it; `more` holds the values of the columns the list asked for. */
export type CustomerRow = Omit<ListedCustomer, "more"> & { more?: ListedCustomer["more"] };
