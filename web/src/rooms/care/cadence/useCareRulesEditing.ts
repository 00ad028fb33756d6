import { useLingui } from "@lingui/react/macro";
import { App } from "antd";
import { useState } from "react";
import type { CareRulesOut } from "@/api/generated/zhike.schemas";
import { ApiProblem, messageOf } from "@/api/problem";
import { changedOf, countChanges, type RulesDraft } from "@/rooms/care/cadence/careRulesDraft";
import { useCadenceActions } from "@/rooms/care/cadence/queries";

/** The settings of following up while they are changed. Where somebody else saved first, theirs
 * are shown, and one's own changes stay on top of them. */
export function useCareRulesEditing(held: CareRulesOut) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { saveCareRules, latestCareRules } = useCadenceActions();
  const [base, setBase] = useState(held);
  const [draft, setDraft] = useState<RulesDraft>({});
  const [isOvertaken, setOvertaken] = useState(false);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const changed = changedOf(base, draft);
  const count = countChanges(changed);
  if (held !== base && count === 0 && !isBusy) setBase(held);
  const forget = () => {
    setDraft({});
    setOvertaken(false);
    setProblems({});
    setProblem(null);
  };
  const refused = async (error: unknown) => {
    if (error instanceof ApiProblem && error.isStale) {
      setBase(await latestCareRules());
      setOvertaken(true);
      return;
    }
    const told = error instanceof ApiProblem ? error.errors : [];
    setProblems(Object.fromEntries(told.map((one) => [one.field, one.message])));
    if (told.length === 0) setProblem(messageOf(error));
  };
  const save = async () => {
    if (count === 0 || isBusy) return;
    setBusy(true);
    setProblems({});
    setProblem(null);
    try {
      setBase(await saveCareRules({ ...changed, seen: base.seen }));
      setDraft({});
      setOvertaken(false);
      message.success(t`保存了`);
    } catch (error) {
      await refused(error).catch((lost: unknown) => setProblem(messageOf(lost)));
    } finally {
      setBusy(false);
    }
  };
  return {
    rules: { ...base, ...draft, guard: { ...base.guard, ...draft.guard } },
    guard: draft.guard,
    put: (part: RulesDraft) => setDraft((now) => ({ ...now, ...part })),
    count,
    /** Did somebody else save since these were read? */
    isOvertaken,
    problems,
    problem,
    isBusy,
    forget,
    save,
  };
}
