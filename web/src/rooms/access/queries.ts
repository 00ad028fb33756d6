import { useQuery } from "@tanstack/react-query";
import { departments } from "@/api/generated/access";
import type { DepartmentOut } from "@/api/generated/zhike.schemas";

export const departmentKey = ["departments"] as const;

export function useDepartments() {
  return useQuery({ queryKey: departmentKey, queryFn: () => departments() });
}

/** A department at its place in the tree. */
export interface Branch extends DepartmentOut {
  /** 0 at the top. */
  depth: number;
}

/** The tree as a list, each department followed by those below it. */
export function branches(all: DepartmentOut[], parent: number | null = null, depth = 0): Branch[] {
  return all
    .filter((one) => one.parent_id === parent)
    .flatMap((one) => [{ ...one, depth }, ...branches(all, one.id, depth + 1)]);
}

/** A department and everything below it: where it cannot be moved to. */
export function within(all: DepartmentOut[], id: number): Set<number> {
  return new Set([id, ...branches(all, id).map((one) => one.id)]);
}
