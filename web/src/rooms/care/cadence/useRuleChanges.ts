import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import type { CadenceRuleOut, DraftIn, PreviewIn } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import type { Change } from "@/rooms/care/cadence/ChangeDialog";
import { asDraft } from "@/rooms/care/cadence/draft";
import { cadenceKeys, previewQuery, useCadenceActions } from "@/rooms/care/cadence/queries";
import { useUndo } from "@/ui/undo";

interface Place {
  rules: CadenceRuleOut[];
  shelf: string;
  /** Does the set count? Else nothing it says concerns anybody yet. */
  counts: boolean;
  /** Shows a change before it is made. */
  ask: (change: Change) => void;
}

/** Switching, ordering and removing rules right in the list. What would put plans on other days is
 * asked before; what concerns nobody is done at once. */
export function useRuleChanges({ rules, shelf, counts, ask }: Place) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const undoable = useUndo();
  const actions = useCadenceActions();
  const [busy, setBusy] = useState<number | null>(null);
  const [order, setOrder] = useState<number[] | null>(null);

  const propose = async (rules: DraftIn[], change: Omit<Change, "body">) => {
    const body: PreviewIn = { shelf, rules };
    const found = counts && (await cache.fetchQuery(previewQuery(JSON.stringify(body))));
    if (found && (found.changed > 0 || found.partial)) {
      ask({ ...change, body });
      return;
    }
    await change.apply(false);
    setOrder(null);
  };
  const run = async (id: number | null, work: () => Promise<void>) => {
    setBusy(id);
    try {
      await work();
    } catch (error) {
      message.error(messageOf(error));
      setOrder(null);
      void cache.invalidateQueries({ queryKey: cadenceKeys.rules });
    } finally {
      setBusy(null);
    }
  };
  const turn = (rule: CadenceRuleOut, is_on: boolean) =>
    run(rule.id, () =>
      propose(
        rules.map((one) => (one.id === rule.id ? { ...asDraft(one), is_on } : asDraft(one))),
        {
          title: is_on ? t`启用“${rule.name}”` : t`停用“${rule.name}”`,
          okText: is_on ? t`启用` : t`停用`,
          apply: async (replan) => {
            await actions.turn(rule, is_on);
            if (replan) await actions.choose(shelf, true);
          },
        },
      ),
    );
  const reorder = (next: CadenceRuleOut[]) =>
    run(null, () => {
      setOrder(next.map(({ id }) => id));
      return propose(next.map(asDraft), {
        title: t`换了规则的先后`,
        okText: t`就这样排`,
        apply: async (replan) => {
          await actions.order(
            shelf,
            next.map(({ id }) => id),
          );
          if (replan) await actions.choose(shelf, true);
        },
      });
    });
  const remove = (rule: CadenceRuleOut) =>
    run(rule.id, async () => {
      const restore = await actions.remove(rule);
      undoable(t`“${rule.name}”删掉了，按它排好的跟进还在`, restore);
    });
  const placed = order?.flatMap((id) => rules.find((one) => one.id === id) ?? []);
  return {
    /** The rules as they are to be shown, in the order just given to them. */
    shown: placed?.length === rules.length ? placed : rules,
    busy,
    turn,
    order: reorder,
    remove,
    /** The change was made, or not: what the list showed meanwhile goes. */
    forget: () => setOrder(null),
  };
}
