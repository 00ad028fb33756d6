import { FieldTimeOutlined, PlusOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Skeleton } from "antd";
import { useState } from "react";
import type { CadenceOut, CadenceRuleOut } from "@/api/generated/zhike.schemas";
import { type Change, ChangeDialog } from "@/rooms/care/cadence/ChangeDialog";
import { rulesOf } from "@/rooms/care/cadence/draft";
import { useCadence, useCadenceActions } from "@/rooms/care/cadence/queries";
import { Replanning } from "@/rooms/care/cadence/Replanning";
import { RuleDrawer } from "@/rooms/care/cadence/RuleDrawer";
import type { ConditionsSlot } from "@/rooms/care/cadence/RuleForm";
import { RuleLine } from "@/rooms/care/cadence/RuleLine";
import { Shelves } from "@/rooms/care/cadence/Shelves";
import { useRuleChanges } from "@/rooms/care/cadence/useRuleChanges";
import { EmptyState } from "@/ui/EmptyState";
import { SettingsPart } from "@/ui/SettingsPart";
import { SortableList } from "@/ui/sorting/SortableList";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/care/care.css";
import "@/rooms/care/cadence/cadence.css";

interface CadenceProps {
  /** The set whose rules stand open; absent: the one that counts. */
  open: string | undefined;
  onOpen: (shelf: string) => void;
  conditions: ConditionsSlot;
}

/** 跟进频率: which set of rules says how often customers are followed up, and the rules in it. */
export function Cadence(props: CadenceProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useCadence();
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  return (
    <SettingsPart
      title={t`跟进频率`}
      note={t`多久联系一次，由一套规则来定。记完跟进没约下次，就按它排；提醒、今日的待办也从这里来。`}
    >
      <Replanning />
      {data ? <Sets data={data} {...props} /> : <Skeleton active />}
    </SettingsPart>
  );
}

function Sets({ data, open, onOpen, conditions }: CadenceProps & { data: CadenceOut }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { choose } = useCadenceActions();
  const [change, setChange] = useState<Change | null>(null);
  const [editing, setEditing] = useState<CadenceRuleOut | "new" | null>(null);
  const shelf = data.shelves.find(({ key }) => key === open) ?? data.shelves.find(isChosen);
  const key = shelf?.key ?? data.shelf;
  const rules = rulesOf(data.rules, key);
  const counts = key === data.shelf;
  const changes = useRuleChanges({ rules, shelf: key, counts, ask: setChange });
  const name = shelf?.name ?? "";
  const canCount = rules.some(({ is_on }) => is_on);
  function isChosen(one: { key: string }): boolean {
    return one.key === data.shelf;
  }
  const take = () =>
    setChange({
      title: t`采用“${name}”`,
      okText: t`采用`,
      body: { shelf: key },
      apply: async (replan) => {
        await choose(key, replan);
        message.success(t`现在按“${name}”排了`);
      },
    });
  const add = (
    <Button icon={<PlusOutlined />} onClick={() => setEditing("new")}>
      {t`加一条规则`}
    </Button>
  );
  return (
    <>
      <Shelves shelves={data.shelves} chosen={data.shelf} open={key} onOpen={onOpen} />
      <section className="cadence-rules" aria-label={t`“${name}”的规则`}>
        <header>
          <h3>{name}</h3>
          {!counts && canCount && (
            <Button type="primary" onClick={take}>
              {t`采用这一套`}
            </Button>
          )}
        </header>
        {rules.length === 0 ? (
          <EmptyState icon={<FieldTimeOutlined />} title={t`还没有规则`} action={add}>
            <Trans>比如“所有客户：每月一次跟进，建议电话”。写好了再采用这一套。</Trans>
          </EmptyState>
        ) : (
          <>
            <p className="faint">
              {t`从上往下看，先符合哪条就按哪条；跟进和回访各看各的。都不符合的，不自动排。`}
            </p>
            <SortableList
              label={t`规则的先后`}
              items={changes.shown}
              idOf={(rule) => String(rule.id)}
              nameOf={(rule) => rule.name}
              onOrder={(next) => void changes.order(next)}
            >
              {(rule) => (
                <RuleLine
                  rule={rule}
                  isBusy={changes.busy === rule.id}
                  onOpen={() => setEditing(rule)}
                  onTurn={(is_on) => void changes.turn(rule, is_on)}
                  onRemove={() => void changes.remove(rule)}
                />
              )}
            </SortableList>
            <div className="cadence-add">{add}</div>
          </>
        )}
      </section>
      <p className="faint cadence-hint">
        <Trans>
          日子只排在工作日，调休算在内，也看联系人方便的时间。放假安排公布到 {data.announced_until}{" "}
          年；往后的年份只避开周末和法定节日，排出来的日子会注明。
        </Trans>
      </p>
      {change && (
        <ChangeDialog
          change={change}
          onClose={() => {
            setChange(null);
            changes.forget();
          }}
        />
      )}
      {editing && (
        <RuleDrawer
          rule={editing === "new" ? null : editing}
          shelf={key}
          rules={rules}
          isChosen={counts}
          conditions={conditions}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}
