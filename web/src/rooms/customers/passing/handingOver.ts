import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { oneHandOver } from "@/api/generated/customers";
import type { HandOverOut } from "@/api/generated/zhike.schemas";
import { ApiProblem, messageOf } from "@/api/problem";

const ASK_EVERY = 900;

/** Follows a hand-over to its end and tells how far it is, also after one has left the list. */
export function useFollowHandOver(): (begun: HandOverOut) => Promise<void> {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  return async (begun) => {
    const key = `hand-over-${begun.id}`;
    const to = begun.taker?.name ?? t`公海`;
    const refresh = () => {
      for (const head of ["customers", "customer", "timeline", "today", "tasks"]) {
        void cache.invalidateQueries({ queryKey: [head] });
      }
    };
    const tell = (now: HandOverOut) =>
      message.open({
        key,
        type: "loading",
        duration: 0,
        content: t`正在转给${to}：${now.done} / ${now.total}`,
      });
    let now = begun;
    tell(now);
    try {
      while (now.state === "running") {
        await new Promise((resolve) => window.setTimeout(resolve, ASK_EVERY));
        now = await asked(now);
        tell(now);
      }
    } catch (error) {
      message.open({ key, type: "error", content: messageOf(error), duration: 6 });
      return refresh();
    }
    if (now.state === "failed") {
      const content = t`转交停在了 ${now.done} / ${now.total}，请再试一次`;
      message.open({ key, type: "error", content, duration: 8 });
    } else {
      const content = t`${now.done} 位客户转给了${to}`;
      message.open({ key, type: "success", content, duration: 4 });
    }
    refresh();
  };
}

/** How it stands; a connection that is gone for a moment is no end of it. */
async function asked(now: HandOverOut): Promise<HandOverOut> {
  try {
    return await oneHandOver(now.id);
  } catch (error) {
    if (error instanceof ApiProblem && error.isOffline) return now;
    throw error;
  }
}
