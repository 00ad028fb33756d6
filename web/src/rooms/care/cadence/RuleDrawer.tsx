import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button } from "antd";
import { useState } from "react";
import { getCadence } from "@/api/generated/cadence";
import type { CadenceRuleOut } from "@/api/generated/zhike.schemas";
import { ApiProblem, messageOf } from "@/api/problem";
import { draftOf, isOwn, type RuleDraft, saidOf, withRule } from "@/rooms/care/cadence/draft";
import { Impact } from "@/rooms/care/cadence/Impact";
import { cadenceKeys, useCadenceActions } from "@/rooms/care/cadence/queries";
import { type ConditionsSlot, RuleForm } from "@/rooms/care/cadence/RuleForm";
import { FormDrawer } from "@/ui/FormDrawer";

interface RuleDrawerProps {
  /** The one to change; null for a new one. */
  rule: CadenceRuleOut | null;
  shelf: string;
  /** The rules of that set. */
  rules: CadenceRuleOut[];
  /** Does the set count? Then a change is shown before it is saved. */
  isChosen: boolean;
  conditions: ConditionsSlot;
  onClose: () => void;
}

/** Writing a rule, with a look at what it changes for whom. */
export function RuleDrawer(props: RuleDrawerProps) {
  const { shelf, rules, isChosen, onClose } = props;
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const { save, choose } = useCadenceActions();
  const [rule, setRule] = useState(props.rule);
  const [draft, setDraft] = useState<RuleDraft>(() => draftOf(props.rule));
  const [theirs, setTheirs] = useState<CadenceRuleOut | null>(null);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [replan, setReplan] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const said = saidOf(draft);
  const isDirty = JSON.stringify(draft) !== JSON.stringify(draftOf(rule));
  const counts = isChosen && (rule?.is_on ?? true);
  const tried = said && withRule(rules, rule, said, t`这条规则`);
  const put = (part: Partial<RuleDraft>) => {
    setDraft((now) => ({ ...now, ...part }));
    setProblems((now) =>
      Object.fromEntries(Object.entries(now).filter(([name]) => !(name in part))),
    );
  };
  const refused = async (error: unknown, mine: CadenceRuleOut | null) => {
    if (error instanceof ApiProblem && error.isStale && mine) {
      const now = await getCadence();
      cache.setQueryData(cadenceKeys.rules, now);
      setTheirs(now.rules.find(({ id }) => id === mine.id) ?? null);
      return;
    }
    const told = error instanceof ApiProblem ? error.errors : [];
    setProblems(Object.fromEntries(told.map((one) => [one.field, one.message])));
    if (!told.some(({ field }) => field in draft)) setProblem(messageOf(error));
  };
  const store = async (onto: CadenceRuleOut | null = rule) => {
    setProblem(null);
    setProblems({});
    setTheirs(null);
    if (!said) {
      const half = t`有条件写了一半，补全或者去掉。`;
      const missing = t`多久一次要填一个数，比如每 2 周。`;
      setProblems(draft.when === null ? { when: half } : { every: missing });
      return;
    }
    setBusy(true);
    try {
      const saved = await save(onto, said, shelf);
      if (replan && counts) await choose(shelf, true);
      message.success(t`“${saved.name}”保存好了`);
      onClose();
    } catch (error) {
      await refused(error, onto).catch((lost: unknown) => setProblem(messageOf(lost)));
    } finally {
      setBusy(false);
    }
  };
  const takeTheirs = () => {
    setRule(theirs);
    setDraft(draftOf(theirs));
    setTheirs(null);
  };
  return (
    <FormDrawer
      open
      title={rule ? t`修改规则` : t`加一条规则`}
      onClose={onClose}
      onSubmit={() => void store()}
      submitLabel={t`保存`}
      isBusy={isBusy}
      isDirty={isDirty}
      width={660}
      aside={rule && !isOwn(rule) ? t`自带的规则可以改，可以停用` : undefined}
    >
      <div className="cadence-form">
        {problem && <Alert type="error" showIcon role="alert" title={problem} />}
        {theirs && (
          <Alert
            type="warning"
            showIcon
            role="alert"
            title={t`这条规则刚被别人改过`}
            description={t`现在是：${theirs.told}`}
            action={
              <span className="stale-choice">
                <Button size="small" onClick={takeTheirs}>
                  {t`用他改的`}
                </Button>
                <Button size="small" onClick={() => void store(theirs)}>
                  {t`照我的保存`}
                </Button>
              </span>
            }
          />
        )}
        <RuleForm
          key={rule?.version ?? "new"}
          draft={draft}
          problems={problems}
          onChange={put}
          conditions={props.conditions}
          when={rule?.when ?? []}
        />
        {counts && (
          <Impact body={tried && { shelf, rules: tried }} replan={replan} onReplan={setReplan} />
        )}
      </div>
    </FormDrawer>
  );
}
