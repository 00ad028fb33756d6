export type ReviewView = "waiting" | "mine" | "decided";

const VIEWS: readonly string[] = ["waiting", "mine", "decided"];

/** Which part of the queue one looks at, as it stands in the address. */
interface ReviewFilters {
  view?: ReviewView;
}

/** Reads the part from the address; what is none is left out. */
export function readReviewFilters(search: Record<string, unknown>): ReviewFilters {
  const { view } = search;
  return typeof view === "string" && VIEWS.includes(view) ? { view: view as ReviewView } : {};
}
