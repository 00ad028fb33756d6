import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  addCadenceRule,
  changeCadenceRule,
  changeCareRules,
  chooseCadence,
  getCadence,
  getCareRules,
  orderCadenceRules,
  previewCadence,
  removeCadenceRule,
} from "@/api/generated/cadence";
import { listJobs } from "@/api/generated/site";
import type {
  CadenceOut,
  CadenceRuleOut,
  CareRulesOut,
  CareRulesPatch,
  PreviewIn,
} from "@/api/generated/zhike.schemas";
import { asDraft, type RuleSaid } from "@/rooms/care/cadence/draft";

export const cadenceKeys = {
  rules: ["cadence", "rules"] as const,
  preview: (body: string) => ["cadence", "preview", body] as const,
  replanning: ["cadence", "replanning"] as const,
  care: ["care-rules"] as const,
};

const JOB = "care.replan";
const BUSY = 1_500;

export function useCadence() {
  return useQuery({
    queryKey: cadenceKeys.rules,
    queryFn: ({ signal }) => getCadence({ signal }),
  });
}

export function useCareRules() {
  return useQuery({
    queryKey: cadenceKeys.care,
    queryFn: ({ signal }) => getCareRules({ signal }),
  });
}

/** For whom other rules would change something; asked anew each time, as plans move meanwhile. */
export function previewQuery(body: string) {
  return {
    queryKey: cadenceKeys.preview(body),
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      previewCadence(JSON.parse(body) as PreviewIn, { signal }),
    staleTime: 5_000,
    retry: false,
  };
}

/** The latest time plans were made anew; null where that never happened. */
export function useReplanning() {
  return useQuery({
    queryKey: cadenceKeys.replanning,
    queryFn: async ({ signal }) => {
      const { items } = await listJobs({ kind: JOB, limit: 1 }, { signal });
      return items[0] ?? null;
    },
    refetchInterval: ({ state: { data } }) => (isUnderWay(data) ? BUSY : false),
  });
}

export function isUnderWay(job: { state: string } | null | undefined): boolean {
  return job?.state === "queued" || job?.state === "running";
}

/** What can be done with the rules and the settings beside them. */
export function useCadenceActions() {
  const cache = useQueryClient();
  return {
    save: async (rule: CadenceRuleOut | null, said: RuleSaid, shelf: string) => {
      const saved = rule
        ? await changeCadenceRule(rule.id, { ...said, version: rule.version })
        : await addCadenceRule({ ...said, shelf });
      await refresh(cache);
      return saved;
    },
    turn: async (rule: CadenceRuleOut, is_on: boolean) => {
      await changeCadenceRule(rule.id, { version: rule.version, is_on });
      await refresh(cache);
    },
    order: async (shelf: string, ids: number[]) => {
      cache.setQueryData(cadenceKeys.rules, await orderCadenceRules({ shelf, ids }));
      await refresh(cache);
    },
    /** Returns how to put it back: at the place where it was. */
    remove: async (rule: CadenceRuleOut) => {
      const held = cache.getQueryData<CadenceOut>(cadenceKeys.rules);
      const before = (held?.rules ?? []).filter((one) => one.shelf === rule.shelf);
      await removeCadenceRule(rule.id);
      await refresh(cache);
      return async () => {
        const { id: _gone, ...said } = asDraft(rule);
        const back = await addCadenceRule({ ...said, shelf: rule.shelf });
        const now = await getCadence();
        const ids = placedBack(now, before, rule.id, back.id);
        await orderCadenceRules({ shelf: rule.shelf, ids });
        await refresh(cache);
      };
    },
    /** Has a set count; with `replan` the plans made by rule are made anew. */
    choose: async (shelf: string, replan: boolean) => {
      await chooseCadence({ shelf, replan });
      await refresh(cache);
    },
    /** The settings as they are now, where somebody else has saved them. */
    latestCareRules: async (): Promise<CareRulesOut> => {
      const now = await getCareRules();
      cache.setQueryData(cadenceKeys.care, now);
      return now;
    },
    saveCareRules: async (change: CareRulesPatch): Promise<CareRulesOut> => {
      const saved = await changeCareRules(change);
      cache.setQueryData(cadenceKeys.care, saved);
      void cache.invalidateQueries({ queryKey: cadenceKeys.care });
      void cache.invalidateQueries({ queryKey: ["next-contact"] });
      return saved;
    },
  };
}

/** The ids of a set with the one that came back where the removed one stood. */
export function placedBack(
  now: Pick<CadenceOut, "rules">,
  before: readonly CadenceRuleOut[],
  gone: number,
  back: number,
): number[] {
  const shelf = now.rules.find(({ id }) => id === back)?.shelf;
  const others = now.rules.filter((one) => one.shelf === shelf && one.id !== back);
  const place = before.findIndex(({ id }) => id === gone);
  const followers = new Set(before.slice(place + 1).map(({ id }) => id));
  const at = others.findIndex(({ id }) => followers.has(id));
  const ids = others.map(({ id }) => id);
  return at < 0 ? [...ids, back] : [...ids.slice(0, at), back, ...ids.slice(at)];
}

async function refresh(cache: QueryClient): Promise<void> {
  void cache.invalidateQueries({ queryKey: ["next-contact"] });
  void cache.invalidateQueries({ queryKey: cadenceKeys.replanning });
  void cache.invalidateQueries({ queryKey: cadenceKeys.care });
  await cache.invalidateQueries({ queryKey: cadenceKeys.rules });
}
