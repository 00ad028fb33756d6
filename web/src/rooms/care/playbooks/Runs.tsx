import { CheckOutlined, OrderedListOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Input, Popover } from "antd";
import { useState } from "react";
import type { RunOut, StepOfRun, TaskOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { dayOf, dayText } from "@/lib/days";
import type { CustomerRef } from "@/rooms/care/logging";
import { usePlaybookActions } from "@/rooms/care/playbooks/queries";
import { StartDialog } from "@/rooms/care/playbooks/StartDialog";
import { StepIcon } from "@/rooms/care/playbooks/StepLine";
import { nearSteps } from "@/rooms/care/playbooks/steps";
import { DoneButton } from "@/rooms/care/TaskTools";
import { DueDay } from "@/ui/values";
import "@/rooms/care/playbooks/playbooks.css";

interface RunsProps {
  customer: CustomerRef;
  runs: RunOut[];
  /** The open tasks of the customer. */
  tasks: TaskOut[];
  /** May the person plan with this customer? */
  mayLog: boolean;
}

/** 跟进计划 on a customer's page: what runs, how far it is, and what is over. */
export function Runs({ customer, runs, tasks, mayLog }: RunsProps) {
  const { t } = useLingui();
  const [isStarting, setStarting] = useState(false);
  const running = runs.filter((run) => run.state === "running");
  const over = runs.filter((run) => run.state !== "running");
  if (!mayLog && runs.length === 0) return null;
  return (
    <section className="runs" aria-label={t`跟进计划`}>
      <h2>
        <Trans>跟进计划</Trans>
      </h2>
      {running.map((run) => (
        <RunCard key={run.id} run={run} customer={customer.id} tasks={tasks} mayLog={mayLog} />
      ))}
      {over.length > 0 && (
        <details className="runs-over">
          <summary>
            <Plural value={over.length} one="结束了的 # 个" other="结束了的 # 个" />
          </summary>
          <ul>
            {over.map((run) => (
              <OverLine key={run.id} run={run} />
            ))}
          </ul>
        </details>
      )}
      {mayLog && (
        <Button icon={<OrderedListOutlined />} onClick={() => setStarting(true)}>
          {running.length > 0 ? <Trans>再启动一个</Trans> : <Trans>启动计划</Trans>}
        </Button>
      )}
      {isStarting && (
        <StartDialog
          chosen={{ customer_ids: [customer.id] }}
          count={1}
          name={customer.name}
          onClose={() => setStarting(false)}
        />
      )}
    </section>
  );
}

interface RunCardProps {
  run: RunOut;
  customer: number;
  tasks: TaskOut[];
  mayLog: boolean;
}

function RunCard({ run, customer, tasks, mayLog }: RunCardProps) {
  const { t } = useLingui();
  const [isWhole, setWhole] = useState(false);
  const near = nearSteps(run.steps);
  const steps = isWhole ? run.steps : near;
  const next = run.steps.find((step) => step.done_at === null);
  return (
    <div className="run">
      <div className="run-head">
        <strong>{run.playbook.name}</strong>
        <span className="faint number">
          {run.done} / {run.total}
        </span>
        {mayLog && <StopButton run={run} customer={customer} />}
      </div>
      <progress
        value={run.done}
        max={run.total}
        aria-label={t`“${run.playbook.name}”做了 ${run.done} 步，共 ${run.total} 步`}
      />
      {run.goal && <p className="soft">{run.goal}</p>}
      <ol>
        {steps.map((step) => (
          <RunStep
            key={`${step.after} ${step.task_id} ${step.title}`}
            step={step}
            isNext={step === next}
            task={mayLog ? tasks.find((task) => task.id === step.task_id) : undefined}
          />
        ))}
      </ol>
      {near.length < run.steps.length && (
        <Button type="link" size="small" className="flush-link" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t`收起` : t`看全部 ${run.total} 步`}
        </Button>
      )}
    </div>
  );
}

interface RunStepProps {
  step: StepOfRun;
  isNext: boolean;
  /** What is to be ticked off; absent where it is done, or a colleague's. */
  task: TaskOut | undefined;
}

function RunStep({ step, isNext, task }: RunStepProps) {
  const { t } = useLingui();
  const isDone = step.done_at !== null;
  return (
    <li className={isDone ? "is-done" : isNext ? "is-next" : ""}>
      {isDone ? (
        <span className="step-icon" role="img" aria-label={t`做完了`}>
          <CheckOutlined />
        </span>
      ) : isNext && task ? (
        <DoneButton task={task} />
      ) : (
        <StepIcon way={step.way} />
      )}
      <span className="run-step">
        {step.title}
        {isNext && step.content && <small className="soft">{step.content}</small>}
      </span>
      <small className="number">
        {step.done_at ? dayText(dayOf(step.done_at)) : <DueDay day={step.due_on} />}
      </small>
    </li>
  );
}

function OverLine({ run }: { run: RunOut }) {
  const { t } = useLingui();
  const on = run.ended_at ? dayText(dayOf(run.ended_at)) : "";
  return (
    <li>
      <span>{run.playbook.name}</span>
      <small className="faint">
        {run.state === "done"
          ? t`${on}走完，共 ${run.total} 步`
          : t`${on}停止，做了 ${run.done} 步`}
        {run.why && ` · ${run.why}`}
      </small>
    </li>
  );
}

/** Stops a run; the steps still open go with it, so it asks why before. */
function StopButton({ run, customer }: { run: RunOut; customer: number }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { stop } = usePlaybookActions();
  const [isAsking, setAsking] = useState(false);
  const [why, setWhy] = useState("");
  const [isBusy, setBusy] = useState(false);
  const end = async () => {
    if (isBusy) return;
    setBusy(true);
    try {
      await stop(run, customer, why.trim());
      message.success(t`停止了“${run.playbook.name}”`);
      setAsking(false);
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  const left = run.total - run.done;
  return (
    <Popover
      open={isAsking}
      onOpenChange={setAsking}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={
        <div className="run-stop">
          <p>{t`剩下的 ${left} 步会从待办里去掉。`}</p>
          <Input
            aria-label={t`为什么停`}
            autoFocus
            autoComplete="off"
            maxLength={200}
            value={why}
            placeholder={t`为什么停？可以不写`}
            onChange={(event) => setWhy(event.target.value)}
            onPressEnter={(event) => !event.nativeEvent.isComposing && void end()}
          />
          <Button danger loading={isBusy} onClick={() => void end()}>
            {t`停止计划`}
          </Button>
        </div>
      }
    >
      <Button type="text" size="small" aria-label={t`停止“${run.playbook.name}”`}>
        {t`停止`}
      </Button>
    </Popover>
  );
}
