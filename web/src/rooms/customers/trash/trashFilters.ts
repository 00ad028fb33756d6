import type { TrashItemKind } from "@/api/generated/zhike.schemas";

const KINDS: readonly string[] = [
  "customer",
  "contact",
  "follow_up",
  "purchase",
  "problem",
  "attachment",
];

/** What of the trash one looks at, as it stands in the address. */
export interface TrashFilters {
  kind?: TrashItemKind;
}

/** Reads the kind from the address; what is none is left out. */
export function readTrashFilters(search: Record<string, unknown>): TrashFilters {
  const { kind } = search;
  return typeof kind === "string" && KINDS.includes(kind) ? { kind: kind as TrashItemKind } : {};
}
