import { useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, InputNumber, Skeleton } from "antd";
import { type ReactNode, useId, useState } from "react";
import { changeFileRules, getFileRules } from "@/api/generated/quality";
import { ApiProblem, messageOf } from "@/api/problem";
import { TierSettings } from "@/rooms/fields/TierSettings";
import { sumOf, type TierRules, WHOLE } from "@/rooms/fields/tiers";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { SaveBar } from "@/ui/SaveBar";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/fields/fields.css";

interface FileRulesData {
  tiers: TierRules;
  completeness_goal: number;
  dormant_days: number;
  attachment_mb: number;
}

const KEY = ["file-rules"] as const;
const getRules = () => getFileRules() as Promise<FileRulesData>;
const putRules = (body: Partial<FileRulesData>) => changeFileRules(body) as Promise<FileRulesData>;

/** 档案规则: how tiers are counted, when a file is complete enough, who counts as asleep. */
export function FileRules() {
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: getRules });
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  return <Editor held={data} />;
}

function Editor({ held }: { held: FileRulesData }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [draft, setDraft] = useState(held);
  const [base, setBase] = useState(held);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const names = Object.keys(base) as (keyof FileRulesData)[];
  const differs = (name: keyof FileRulesData) =>
    JSON.stringify(draft[name]) !== JSON.stringify(base[name]);
  const isDirty = names.some(differs);
  // What somebody else saved is taken over where nothing of one's own is in the way.
  if (held !== base && !isDirty && !isBusy) {
    setBase(held);
    setDraft(held);
  }
  const isWhole = sumOf(draft.tiers) === WHOLE && draft.tiers.growth < draft.tiers.core;
  const put = (part: Partial<FileRulesData>) => setDraft((now) => ({ ...now, ...part }));
  const save = async () => {
    if (!isDirty || !isWhole) return;
    setBusy(true);
    setProblem(null);
    try {
      const change = Object.fromEntries(
        names.filter(differs).map((name) => [name, draft[name]]),
      ) as Partial<FileRulesData>;
      const saved = await putRules(change);
      setBase(saved);
      setDraft(saved);
      cache.setQueryData(KEY, saved);
      for (const head of ["customers", "customer", "completeness"]) {
        void cache.invalidateQueries({ queryKey: [head] });
      }
      message.success(change.tiers ? t`保存了，正在按新规则重新给客户分层` : t`保存了`);
    } catch (error) {
      const told = error instanceof ApiProblem ? error.errors.map((one) => one.message) : [];
      setProblem(told.join("；") || messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="file-rules">
      <SettingsPart
        title={t`客户分层`}
        note={t`系统每天按四项打分，加起来满分 100，分成核心、潜力、普通。手动定过的客户不受影响。`}
      >
        <TierSettings rules={draft.tiers} onChange={(tiers) => put({ tiers })} />
      </SettingsPart>
      <SettingsPart title={t`资料和往来`}>
        <ul className="number-rules">
          <NumberRule
            label={t`资料完整度目标`}
            note={t`全公司的平均要到多少；完成情况在“数据质量”里看。`}
            unit="%"
            min={1}
            max={100}
            value={draft.completeness_goal}
            onChange={(completeness_goal) => put({ completeness_goal })}
          />
          <NumberRule
            label={t`多久没往来算沉睡`}
            note={t`这么多天没有跟进的客户，会列进“沉睡客户”。`}
            unit={t`天`}
            min={7}
            max={3650}
            value={draft.dormant_days}
            onChange={(dormant_days) => put({ dormant_days })}
          />
          <NumberRule
            label={t`单个附件最大`}
            note={t`大过这个数的文件传不上去。`}
            unit="MB"
            min={1}
            max={200}
            value={draft.attachment_mb}
            onChange={(attachment_mb) => put({ attachment_mb })}
          />
        </ul>
      </SettingsPart>
      <LeaveGuard isDirty={isDirty} />
      {(isDirty || problem) && (
        <SaveBar
          shortcut={t`保存档案规则`}
          title={isWhole ? t`改动还没保存` : t`还不能保存`}
          detail={isWhole ? t`保存后马上生效` : t`四项分数要凑成 100，潜力线要低于核心线`}
          isBusy={isBusy}
          maySave={isDirty && isWhole}
          onReset={() => {
            setDraft(base);
            setProblem(null);
          }}
          onSave={() => void save()}
        >
          {problem && <Alert type="error" showIcon role="alert" title={problem} />}
        </SaveBar>
      )}
    </div>
  );
}

interface NumberRuleProps {
  label: string;
  note: ReactNode;
  unit: string;
  min: number;
  max: number;
  value: number;
  onChange: (value: number) => void;
}

function NumberRule({ label, note, unit, min, max, value, onChange }: NumberRuleProps) {
  const id = useId();
  return (
    <li>
      <label htmlFor={id}>
        {label}
        <small>{note}</small>
      </label>
      <InputNumber
        id={id}
        min={min}
        max={max}
        precision={0}
        suffix={unit}
        value={value}
        onChange={(next) => next !== null && onChange(next)}
      />
    </li>
  );
}
