import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import type { CustomerOut } from "@/api/generated/zhike.schemas";

/** Which of the fields just sent wait for review, by their names: sent, not stored, and asked. */
export function heldBack(change: object, saved: CustomerOut): string[] {
  const sent = change as Record<string, unknown>;
  const stored = saved as unknown as Record<string, unknown>;
  const asked = saved.pending_reviews.flatMap((review) => review.changes);
  return asked
    .filter(({ field }) => field in sent && (sent[field] ?? "") !== (stored[field] ?? ""))
    .map(({ label }) => label);
}

/** After saving: says in plain words what does not count yet. */
export function useTellHeldBack(): (change: object, saved: CustomerOut) => void {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  return (change, saved) => {
    const labels = heldBack(change, saved).join("、");
    if (labels === "") return;
    message.info({
      key: "held-back",
      content: t`${labels}要审核，已经提交，通过以后才会改过来`,
      duration: 5,
    });
    void cache.invalidateQueries({ queryKey: ["reviews"] });
  };
}
