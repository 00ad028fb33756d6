import { useQuery } from "@tanstack/react-query";
import { departments } from "@/api/generated/access";
import type { Department } from "@/rooms/access/roleTypes";

export const departmentKey = ["departments"] as const;

export function useDepartments() {
  return useQuery({ queryKey: departmentKey, queryFn: () => departments() });
}

type Node = Pick<Department, "id" | "parent_id">;

/** A department at its place in the tree: 0 deep at the top. */
export type Branch<Kind extends Node = Department> = Kind & { depth: number };

/** The tree as a list, each department followed by those below it. */
export function branches<Kind extends Node>(
  all: Kind[],
  parent: number | null = null,
  depth = 0,
): Branch<Kind>[] {
  return all
    .filter((one) => one.parent_id === parent)
    .flatMap((one) => [{ ...one, depth }, ...branches(all, one.id, depth + 1)]);
}

/** A department and everything below it: where it cannot be moved to. */
export function within(all: Node[], id: number): Set<number> {
  return new Set([id, ...branches(all, id).map((one) => one.id)]);
}
