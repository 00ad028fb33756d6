const PARTS = ["completeness", "doubles", "contradictions"] as const;

export type QualityPart = (typeof PARTS)[number];

/** Which part stands open, from the address; what is none is left out. */
export function readQuality({ part }: Record<string, unknown>): { part?: QualityPart } {
  const found = PARTS.find((one) => one === part);
  return found ? { part: found } : {};
}

const MOST = 10;

/** The customers to be merged, from the address: 3,8,12. */
export function readMerge({ ids }: Record<string, unknown>): { ids?: string } {
  const found = mergeIds(typeof ids === "string" || typeof ids === "number" ? String(ids) : "");
  return found.length > 1 ? { ids: found.join(",") } : {};
}

export function mergeIds(text = ""): number[] {
  const numbers = text.split(",").map(Number);
  return [...new Set(numbers.filter((id) => Number.isSafeInteger(id) && id > 0))].slice(0, MOST);
}
