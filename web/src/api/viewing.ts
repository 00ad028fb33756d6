import { viewAs, viewAsOneself } from "@/api/generated/access";

/** Looks at everything as a role (or one colleague) sees it, in this session; nothing can be
 * changed meanwhile. */
export async function startViewing(whom: { role_id: number } | { person_id: number }) {
  await viewAs(whom);
  renew();
}

/** Back to one's own eyes. */
export async function stopViewing() {
  await viewAsOneself();
  renew();
}

/** A whole new page at 今日: nothing that the other eyes saw stays in memory. */
function renew(): void {
  window.location.assign("/");
}
