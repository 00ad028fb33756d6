import { useQuery, useQueryClient } from "@tanstack/react-query";
import {
  addPlaybook,
  archivePlaybook,
  changePlaybook,
  playbooks,
  runs,
  startPlaybook,
  stopRun,
} from "@/api/generated/playbooks";
import type { PlaybookOut, RunOut, RunsIn, StartedOut } from "@/api/generated/zhike.schemas";
import { type PlaybookDraft, sent } from "@/rooms/care/playbooks/steps";
import { refreshAround } from "@/rooms/care/queries";

export const playbookKeys = {
  all: ["playbooks"] as const,
  runsOf: (customer: number) => ["playbook-runs", customer] as const,
};

/** The plans one may start. */
export function usePlaybooks() {
  return useQuery({
    queryKey: playbookKeys.all,
    queryFn: ({ signal }) => playbooks({ signal }),
    staleTime: 60_000,
  });
}

/** What plans run or ran with a customer, the newest first. */
export function useRuns(customer: number) {
  return useQuery({
    queryKey: playbookKeys.runsOf(customer),
    queryFn: ({ signal }) => runs(customer, { signal }),
  });
}

/** The customers a plan is started with: these, or all that meet the filters. */
export type Chosen = Pick<RunsIn, "customer_ids" | "filters">;

export function usePlaybookActions() {
  const cache = useQueryClient();
  const refresh = () => void cache.invalidateQueries({ queryKey: playbookKeys.all });
  return {
    /** How a plan stands now; null where somebody has removed it. */
    latest: async (id: number): Promise<PlaybookOut | null> => {
      const now = await playbooks();
      cache.setQueryData(playbookKeys.all, now);
      return now.items.find((one) => one.id === id) ?? null;
    },
    save: async (draft: PlaybookDraft, before: PlaybookOut | null): Promise<PlaybookOut> => {
      const body = {
        name: draft.name.trim(),
        goal: draft.goal.trim(),
        is_shared: draft.is_shared,
        steps: sent(draft.steps),
      };
      try {
        return before
          ? await changePlaybook(before.id, { ...body, version: before.version })
          : await addPlaybook(body);
      } finally {
        refresh();
      }
    },
    archive: async (playbook: PlaybookOut): Promise<void> => {
      await archivePlaybook(playbook.id);
      refresh();
    },
    start: async (playbook: number, chosen: Chosen, agreed: boolean): Promise<StartedOut> => {
      const started = await startPlaybook(playbook, { ...chosen, agreed });
      refresh();
      refreshAround(cache, ...(chosen.customer_ids ?? []));
      void cache.invalidateQueries({ queryKey: ["playbook-runs"] });
      return started;
    },
    stop: async (run: RunOut, customer: number, why: string): Promise<void> => {
      await stopRun(run.id, { why });
      refresh();
      refreshAround(cache, customer);
    },
  };
}
