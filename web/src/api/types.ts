import type { Choices, Me } from "@/api/generated/zhike.schemas";

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
}

/** The name of a choice list: "type", "way" … */
export type ChoiceList = keyof Choices;
