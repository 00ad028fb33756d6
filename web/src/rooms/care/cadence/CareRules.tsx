import { useLingui } from "@lingui/react/macro";
import { Alert, Skeleton, Switch } from "antd";
import { useWords } from "@/api/fields";
import type { CareRulesOut } from "@/api/generated/zhike.schemas";
import { TIERS } from "@/rooms/care/cadence/careRulesDraft";
import { useCareRules } from "@/rooms/care/cadence/queries";
import { NumberRow, Row, TimeRow } from "@/rooms/care/cadence/rows";
import { useCareRulesEditing } from "@/rooms/care/cadence/useCareRulesEditing";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { SaveBar } from "@/ui/SaveBar";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/care/cadence/cadence.css";

/** 上限与提醒: how often is too often, what is planned by itself, and when people are told. */
export function CareRules() {
  const { data, error, refetch } = useCareRules();
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  return <Editor held={data} />;
}

type NumberName = "late_hours" | "unplanned_days" | "long_record";
type TimeName = "quiet_from" | "quiet_to" | "digest_at" | "remind_at";

function Editor({ held }: { held: CareRulesOut }) {
  const { t } = useLingui();
  const tiers = useWords("tier");
  const { rules, guard, put, count, isOvertaken, problems, problem, isBusy, forget, save } =
    useCareRulesEditing(held);
  const number = (name: NumberName, label: string, note: string, unit: string, most: number) => (
    <NumberRow
      {...{ label, note, unit, most }}
      least={name === "long_record" ? 50 : 1}
      value={rules[name]}
      problem={problems[name]}
      onChange={(value) => put({ [name]: value })}
    />
  );
  const time = (name: TimeName, label: string, note: string) => (
    <TimeRow
      {...{ label, note }}
      value={rules[name]}
      problem={problems[name]}
      onChange={(value) => put({ [name]: value })}
    />
  );
  const notes: Record<string, string> = {
    core: t`来往多的客户，先和对方约好就行。`,
    growth: t`正在培养的客户。`,
    normal: t`例行的事用邮件、企业微信，要紧的再打电话。`,
    "": t`资料还不够，算不出分层的客户。`,
  };
  return (
    <div className="care-rules">
      <SettingsPart
        title={t`联系上限`}
        note={t`一个月里跟进、维护和排好的都算。超过了先提醒；客户同意，或事情要紧，确认一下就能继续。`}
      >
        <ul className="care-rows">
          {TIERS.map((tier) => {
            const word = tiers.find(({ value }) => value === tier)?.label;
            return (
              <NumberRow
                key={tier}
                label={word ? t`${word}客户` : t`未分层的客户`}
                note={notes[tier] ?? ""}
                unit={rules.guard[tier] === 0 ? t`不限` : t`次/月`}
                least={0}
                most={31}
                value={rules.guard[tier] ?? 0}
                problem={problems[tier ? `guard.${tier}` : "guard"]}
                onChange={(value) => put({ guard: { ...guard, [tier]: value } })}
              />
            );
          })}
        </ul>
        <p className="faint">{t`填 0 就是不限。`}</p>
      </SettingsPart>
      <SettingsPart title={t`安排和记录`}>
        <ul className="care-rows">
          <Row
            label={t`没约下次，就按频率排好`}
            note={t`记完跟进没说下次什么时候，按跟进频率自动排。关掉就只给建议，由各人自己约。`}
            problem={problems.plans_itself}
          >
            {(id) => (
              <Switch
                id={id}
                checked={rules.plans_itself}
                onChange={(plans_itself) => put({ plans_itself })}
              />
            )}
          </Row>
          {number(
            "unplanned_days",
            t`多久没有安排就提醒`,
            t`客户这么多天没有下次跟进，提醒负责人定一个。`,
            t`天`,
            365,
          )}
          {number(
            "late_hours",
            t`多久以后再记，算补记`,
            t`联系完过了这么久才记的，标上“补记”，及时率里会算进去。`,
            t`小时`,
            720,
          )}
          {number(
            "long_record",
            t`记录多长提示精简`,
            t`跟进内容超过这么多字，提示把结果、异议分开写；不拦。`,
            t`字`,
            5000,
          )}
        </ul>
      </SettingsPart>
      <SettingsPart
        title={t`提醒的钟点`}
        note={t`对所有人的默认；免打扰各人可以在“我的通知”里另定。`}
      >
        <ul className="care-rows">
          {time("digest_at", t`每日摘要`, t`工作日早上发一份当天要做的。`)}
          {time("remind_at", t`全天待办什么时候提醒`, t`只定了日子、没定钟点的待办。`)}
          {time("quiet_from", t`免打扰从`, t`邮件和群机器人不出声，过后一并补上；铃铛照常。`)}
          {time("quiet_to", t`免打扰到`, t`比开始早，就是到第二天。`)}
        </ul>
      </SettingsPart>
      <LeaveGuard isDirty={count > 0} />
      {(count > 0 || problem || isOvertaken) && (
        <SaveBar
          shortcut={t`保存上限与提醒`}
          title={t`改动还没保存`}
          detail={t`改了 ${count} 处，保存后马上生效`}
          isBusy={isBusy}
          maySave={count > 0}
          onReset={forget}
          onSave={() => void save()}
        >
          {isOvertaken && (
            <Alert
              type="warning"
              showIcon
              role="alert"
              title={t`刚才有人先改了这些设置`}
              description={t`他改的已经显示在上面；你的改动还在，看一眼再保存。`}
            />
          )}
          {problem && <Alert type="error" showIcon role="alert" title={problem} />}
        </SaveBar>
      )}
    </div>
  );
}
