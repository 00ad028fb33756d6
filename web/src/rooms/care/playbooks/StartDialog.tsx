import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Alert, App, Button, Modal, Skeleton } from "antd";
import { useId, useState } from "react";
import type { PlaybookOut, StartedOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useWorkdays } from "@/api/workdays";
import { planText, today } from "@/lib/days";
import { type Chosen, usePlaybookActions, usePlaybooks } from "@/rooms/care/playbooks/queries";
import { StepIcon } from "@/rooms/care/playbooks/StepLine";
import { useRefusedText, useSkippedText } from "@/rooms/care/playbooks/started";
import { dayOfStep, lengthOf, yearsOf } from "@/rooms/care/playbooks/steps";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/care/playbooks/playbooks.css";

interface StartDialogProps {
  chosen: Chosen;
  count: number;
  /** Where it is one customer: who. */
  name?: string;
  onClose: (isStarted: boolean) => void;
}

/** 启动跟进计划: which one, with a look at its days; afterwards who was left out, and why. */
export function StartDialog({ chosen, count, name, onClose }: StartDialogProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { data, error, refetch } = usePlaybooks();
  const { start } = usePlaybookActions();
  const skippedText = useSkippedText();
  const refusedText = useRefusedText();
  const [picked, setPicked] = useState<number | null>(null);
  const [left, setLeft] = useState<StartedOut | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const playbook = data?.items.find((one) => one.id === picked) ?? data?.items[0];
  const begin = async (agreed: boolean) => {
    if (!playbook || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      const started = await start(playbook.id, chosen, agreed);
      if (started.started > 0) {
        message.success(
          name
            ? t`给${name}排好了 ${playbook.steps.length} 步`
            : t`给 ${started.started} 位启动了“${playbook.name}”`,
        );
      }
      if (started.skipped > 0 && !agreed) setLeft(started);
      else onClose(true);
    } catch (refused) {
      setProblem(messageOf(refused));
    } finally {
      setBusy(false);
    }
  };
  const close = () => onClose((left?.started ?? 0) > 0);
  const often = left?.why.too_often ?? 0;
  return (
    <Modal
      open
      title={
        name ? (
          <Trans>给{name}启动跟进计划</Trans>
        ) : (
          <Plural value={count} one="给 # 位客户启动跟进计划" other="给 # 位客户启动跟进计划" />
        )
      }
      width={560}
      onCancel={close}
      footer={
        left ? (
          <>
            {often > 0 && (
              <Button loading={isBusy} onClick={() => void begin(true)}>
                {name ? (
                  <Trans>和客户说好了，照样启动</Trans>
                ) : (
                  <Plural
                    value={often}
                    one="和客户说好了，这 # 位也启动"
                    other="和客户说好了，这 # 位也启动"
                  />
                )}
              </Button>
            )}
            <Button type="primary" onClick={close}>{t`知道了`}</Button>
          </>
        ) : (
          <>
            <Button onClick={close}>{t`取消`}</Button>
            <Button
              type="primary"
              loading={isBusy}
              disabled={!playbook}
              onClick={() => void begin(false)}
            >
              {t`启动`}
            </Button>
          </>
        )
      }
    >
      <div className="start-plan">
        {problem && <Alert type="error" role="alert" title={problem} />}
        {left ? (
          <Alert
            type={left.started > 0 ? "info" : "warning"}
            showIcon
            role="status"
            title={
              left.started > 0
                ? t`启动了 ${left.started} 位，跳过 ${left.skipped} 位`
                : name
                  ? t`没有启动`
                  : t`没有启动，跳过了 ${left.skipped} 位`
            }
            description={name ? refusedText(left) : skippedText(left)}
          />
        ) : (
          <>
            {error && !data && <Trouble error={error} onRetry={() => void refetch()} />}
            {!data && !error && <Skeleton active title={false} />}
            {data?.items.length === 0 && (
              <p className="soft">
                <Trans>还没有计划。先到“设置 → 跟进计划”写一个。</Trans>
              </p>
            )}
            <Choice playbooks={data?.items ?? []} picked={playbook?.id} onPick={setPicked} />
            {playbook && <Schedule playbook={playbook} />}
          </>
        )}
      </div>
    </Modal>
  );
}

interface ChoiceProps {
  playbooks: PlaybookOut[];
  picked: number | undefined;
  onPick: (id: number) => void;
}

function Choice({ playbooks, picked, onPick }: ChoiceProps) {
  const { t } = useLingui();
  const group = useId();
  return (
    <div className="start-choice" role="radiogroup" aria-label={t`用哪个计划`}>
      {playbooks.map((one) => (
        <label key={one.id} className={one.id === picked ? "is-on" : ""}>
          <input
            type="radio"
            name={group}
            checked={one.id === picked}
            onChange={() => onPick(one.id)}
          />
          <span>
            <strong>{one.name}</strong>
            <small className="faint">
              <Trans>
                {one.steps.length} 步，{lengthOf(one.steps)} 天
              </Trans>
            </small>
            {one.goal && <small>{one.goal}</small>}
          </span>
        </label>
      ))}
    </div>
  );
}

/** The days of the steps, were it started now. */
function Schedule({ playbook }: { playbook: PlaybookOut }) {
  const { t } = useLingui();
  const now = today();
  const workdays = useWorkdays(...yearsOf(playbook.steps, now));
  return (
    <section className="start-days" aria-label={t`排出来的日子`}>
      <ol>
        {playbook.steps.map((step, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
          <li key={place}>
            <span className="number soft">{planText(dayOfStep(step, now, workdays))}</span>
            <StepIcon way={step.way} />
            <span>{step.title}</span>
          </li>
        ))}
      </ol>
      <p className="faint">{t`遇到休息日顺延到下一个工作日，待办归客户的负责人。`}</p>
    </section>
  );
}
