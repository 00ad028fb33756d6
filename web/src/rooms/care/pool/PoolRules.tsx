import { useLingui } from "@lingui/react/macro";
import { Alert, App, Skeleton, Switch } from "antd";
import { useState } from "react";
import type { PoolRulesOut } from "@/api/generated/zhike.schemas";
import { ApiProblem, messageOf } from "@/api/problem";
import { NumberRow, Row } from "@/rooms/care/cadence/rows";
import { usePoolRules, useSavePoolRules } from "@/rooms/care/pool/queries";
import { doubt, rulesText } from "@/rooms/care/pool/rulesText";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { SaveBar } from "@/ui/SaveBar";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/care/cadence/cadence.css";
import "@/rooms/care/pool/pool.css";

/** 公海规则: when somebody falls into the pool, and how many one may take out of it. */
export function PoolRules() {
  const { data, error, refetch } = usePoolRules();
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  return <Editor held={data} latest={async () => (await refetch()).data ?? data} />;
}

type NumberName = Exclude<keyof PoolRulesOut, "is_on" | "keeps_key" | "version">;

interface EditorProps {
  held: PoolRulesOut;
  /** The rules as they stand on the server now. */
  latest: () => Promise<PoolRulesOut>;
}

function Editor({ held, latest }: EditorProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const store = useSavePoolRules();
  const [draft, setDraft] = useState<Partial<PoolRulesOut>>({});
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const rules = { ...held, ...draft };
  const names = Object.keys(draft) as (keyof PoolRulesOut)[];
  const isDirty = names.some((name) => draft[name] !== held[name]);
  // What was read when one began: others may save meanwhile.
  const [version, setVersion] = useState(held.version);
  if (version !== held.version && names.length === 0 && !isBusy) setVersion(held.version);
  const put = (part: Partial<PoolRulesOut>) => setDraft((now) => ({ ...now, ...part }));
  const forget = () => {
    setDraft({});
    setProblems({});
    setProblem(null);
  };
  const save = async () => {
    if (!isDirty || isBusy) return;
    setBusy(true);
    setProblems({});
    setProblem(null);
    try {
      await store({ ...draft, version });
      setDraft({});
      message.success(t`保存了`);
    } catch (error) {
      const told = error instanceof ApiProblem ? error.errors : [];
      setProblems(Object.fromEntries(told.map((one) => [one.field, one.message])));
      if (told.length === 0) setProblem(messageOf(error));
      if (error instanceof ApiProblem && error.isStale) setVersion((await latest()).version);
    } finally {
      setBusy(false);
    }
  };
  const number = (name: NumberName, label: string, note: string, unit: string, most: number) => (
    <NumberRow
      {...{ label, note, unit, most }}
      least={name === "days" || name === "new_days" ? 1 : 0}
      value={rules[name]}
      problem={problems[name]}
      onChange={(value) => put({ [name]: value })}
    />
  );
  const doubted = doubt(rules);
  return (
    <div className="pool-rules">
      <div className="pool-told" aria-live="polite">
        {rulesText(rules).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {doubted && <p className="claim-full">{doubted}</p>}
      </div>
      <SettingsPart
        title={t`自动收回`}
        note={t`没人理的客户放到大家面前，总比忘了好。改了规则，至少过完提醒的日子才会收第一位。`}
        action={
          <Switch
            aria-label={t`自动收回`}
            checked={rules.is_on}
            onChange={(is_on) => put({ is_on })}
          />
        }
      >
        {rules.is_on && (
          <ul className="care-rows">
            {number(
              "days",
              t`多久没跟进收回`,
              t`从最近一次跟进、或拿到客户那天算起。`,
              t`天`,
              3650,
            )}
            {number(
              "new_days",
              t`从没跟进过的`,
              t`拿到手还没联系过一次的，可以收得早一点。`,
              t`天`,
              3650,
            )}
            {number(
              "notice_days",
              t`提前多久提醒`,
              t`负责人和主管会收到提醒，在“今日”也看得到。`,
              t`天`,
              90,
            )}
            <Row
              label={t`重点客户不收回`}
              note={t`标了星的客户一直留在负责人那里。`}
              problem={problems.keeps_key}
            >
              {(id) => (
                <Switch
                  id={id}
                  checked={rules.keeps_key}
                  onChange={(keeps_key) => put({ keeps_key })}
                />
              )}
            </Row>
          </ul>
        )}
      </SettingsPart>
      <SettingsPart title={t`领取`} note={t`先到先得，两个人同时点，只有一个人领到。`}>
        <ul className="care-rows">
          {number("claims_per_day", t`每人每天最多领`, t`填 0 就谁也不能领。`, t`位`, 1000)}
          {number(
            "capacity",
            t`每人最多负责`,
            t`到了这个数就不能再领；填 0 就是不限。`,
            t`位`,
            1_000_000,
          )}
          {number(
            "rest_days",
            t`多久不能再领回`,
            t`从谁那里回到公海的，谁要等这么多天；填 0 就不用等。`,
            t`天`,
            3650,
          )}
        </ul>
      </SettingsPart>
      <LeaveGuard isDirty={isDirty} />
      {(isDirty || problem) && (
        <SaveBar
          shortcut={t`保存公海规则`}
          title={t`改动还没保存`}
          detail={t`保存后马上生效`}
          isBusy={isBusy}
          maySave={isDirty}
          onReset={forget}
          onSave={() => void save()}
        >
          {problem && <Alert type="error" showIcon role="alert" title={problem} />}
        </SaveBar>
      )}
    </div>
  );
}
