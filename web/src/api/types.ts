import type { Me } from "@/api/generated/zhike.schemas";

/** What the server writes into the page, so that the first screen needs no request. */
export interface Boot {
  setup_needed: boolean;
  me: Me | null;
}

/** One value of a choice list. */
export interface Choice {
  value: string;
  label: string;
  color?: string;
  /** Offered no more; records may still hold it. */
  retired?: boolean;
}
