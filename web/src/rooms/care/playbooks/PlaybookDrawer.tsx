import { PlusOutlined } from "@ant-design/icons";
import { Plural, useLingui } from "@lingui/react/macro";
import { Alert, App, Button, Checkbox, Input } from "antd";
import { useState } from "react";
import type { PlaybookOut } from "@/api/generated/zhike.schemas";
import { ApiProblem, messageOf } from "@/api/problem";
import { useRights } from "@/api/rights";
import { Field } from "@/rooms/care/fields";
import { usePlaybookActions } from "@/rooms/care/playbooks/queries";
import { StepEditor } from "@/rooms/care/playbooks/StepEditor";
import {
  draftOf,
  inOrder,
  MOST_STEPS,
  newStep,
  nextDay,
  onTheirDays,
  type PlaybookDraft,
  type StepDraft,
} from "@/rooms/care/playbooks/steps";
import { Theirs } from "@/rooms/care/Theirs";
import { FormDrawer } from "@/ui/FormDrawer";
import { SortableList } from "@/ui/sorting/SortableList";
import "@/rooms/care/care.css";

interface PlaybookDrawerProps {
  /** The one to change; null for a new one. */
  playbook: PlaybookOut | null;
  /** A new one begins as a copy of this. */
  like: PlaybookOut | null;
  onClose: () => void;
}

/** Writing a plan: what for, and the steps with their days. */
export function PlaybookDrawer({ playbook, like, onClose }: PlaybookDrawerProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const rights = useRights();
  const { save, latest } = usePlaybookActions();
  const mayShare = rights.may("hand_over") || rights.may("configure");
  const [first] = useState<PlaybookDraft>(() => {
    const begun = draftOf(playbook ?? like);
    return like ? { ...begun, name: t`${like.name}（我的）`, is_shared: false } : begun;
  });
  const [draft, setDraft] = useState(first);
  const [theirs, setTheirs] = useState<PlaybookOut | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [isBusy, setBusy] = useState(false);
  const put = (part: Partial<PlaybookDraft>) => setDraft((now) => ({ ...now, ...part }));
  const putStep = (key: string, part: Partial<StepDraft>) =>
    setDraft((now) => ({
      ...now,
      steps: now.steps.map((step) => (step.key === key ? { ...step, ...part } : step)),
    }));
  /** The next save knows their version, and so takes the place of it with open eyes. */
  const lookAtTheirs = async (mine: PlaybookOut) => {
    const now = await latest(mine.id);
    if (now) setTheirs(now);
    else setProblem(t`刚被别人删掉了，要留着就照着新建一份`);
  };
  const store = async () => {
    setBusy(true);
    setProblem(null);
    setProblems({});
    // The server names steps by their place: they are sent in the order in which they then stand.
    const ordered = { ...draft, steps: inOrder(draft.steps) };
    setDraft(ordered);
    try {
      const saved = await save(ordered, theirs ?? playbook);
      message.success(t`“${saved.name}”保存好了`);
      onClose();
    } catch (error) {
      if (error instanceof ApiProblem && error.isStale && playbook) {
        await lookAtTheirs(playbook).catch((again) => setProblem(messageOf(again)));
        return;
      }
      const told = error instanceof ApiProblem ? error.errors : [];
      setProblems(Object.fromEntries(told.map((one) => [one.field, one.message])));
      const isAtField = told.some(({ field }) => isShown(field, ordered.steps.length));
      setProblem(isAtField ? null : messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDrawer
      open
      title={playbook ? t`修改跟进计划` : t`新建跟进计划`}
      onClose={onClose}
      onSubmit={() => void store()}
      submitLabel={theirs ? t`用我的` : t`保存`}
      isBusy={isBusy}
      isDirty={JSON.stringify(draft) !== JSON.stringify(first)}
      width={640}
      aside={
        playbook && playbook.running > 0 ? (
          <Plural
            value={playbook.running}
            one="进行中的 # 位仍按原来的步骤走"
            other="进行中的 # 位仍按原来的步骤走"
          />
        ) : undefined
      }
    >
      <div className="playbook-form">
        {problem && <Alert type="error" role="alert" title={problem} />}
        {theirs && (
          <Theirs>
            {[theirs.name, theirs.goal, ...theirs.steps.map(({ title }) => `· ${title}`)]
              .filter(Boolean)
              .join("\n")}
          </Theirs>
        )}
        <Field label={t`计划名称`} problem={problems.name}>
          <Input
            aria-label={t`计划名称`}
            autoFocus
            autoComplete="off"
            maxLength={60}
            value={draft.name}
            status={problems.name ? "error" : ""}
            placeholder={t`比如 新客户 30 天开发`}
            onChange={(event) => put({ name: event.target.value })}
          />
        </Field>
        <Field label={t`目标`} problem={problems.goal}>
          <Input
            aria-label={t`目标`}
            autoComplete="off"
            maxLength={200}
            value={draft.goal}
            placeholder={t`走完以后要拿到什么，比如 见到拍板的人，约好下一步`}
            onChange={(event) => put({ goal: event.target.value })}
          />
        </Field>
        {mayShare && (
          <Checkbox
            checked={draft.is_shared}
            onChange={(event) => put({ is_shared: event.target.checked })}
          >
            {t`大家都能用`}
          </Checkbox>
        )}
        <section className="step-editors" aria-label={t`步骤`}>
          <h3>{t`步骤`}</h3>
          <p className="faint">
            {t`第 0 天是启动那天。拖动改先后，日子留在原位；遇到休息日顺延到下一个工作日。`}
          </p>
          {problems.steps && (
            <p className="field-problem" role="alert">
              {problems.steps}
            </p>
          )}
          <SortableList
            label={t`步骤`}
            items={draft.steps}
            idOf={(step) => step.key}
            nameOf={(step) => step.title || t`没写的一步`}
            onOrder={(steps) => put({ steps: onTheirDays(draft.steps, steps) })}
          >
            {(step, place) => (
              <StepEditor
                step={step}
                problemOf={(name) => problems[`steps.${place}.${name}`]}
                onChange={(part) => putStep(step.key, part)}
                onSettled={() => put({ steps: inOrder(draft.steps) })}
                onRemove={
                  draft.steps.length > 1
                    ? () => put({ steps: draft.steps.filter(({ key }) => key !== step.key) })
                    : undefined
                }
              />
            )}
          </SortableList>
          {draft.steps.length < MOST_STEPS && (
            <Button
              type="dashed"
              block
              icon={<PlusOutlined />}
              onClick={() => put({ steps: [...draft.steps, newStep(nextDay(draft.steps))] })}
            >
              {t`加一步`}
            </Button>
          )}
        </section>
      </div>
    </FormDrawer>
  );
}

function isShown(field: string, steps: number): boolean {
  const place = /^steps\.(\d+)\.(after|way|title|content)$/.exec(field)?.[1];
  return (
    ["name", "goal", "steps"].includes(field) || (place !== undefined && Number(place) < steps)
  );
}
