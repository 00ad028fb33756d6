import { useLingui } from "@lingui/react/macro";
import { Input, InputNumber, Select, Skeleton } from "antd";
import { type ReactNode, Suspense, useId } from "react";
import { onOffer, useWords } from "@/api/fields";
import type { Condition } from "@/api/generated/zhike.schemas";
import { type RuleDraft, UNITS } from "@/rooms/care/cadence/draft";
import { Problem } from "@/rooms/care/fields";
import { Pills } from "@/ui/Pills";
import { TabLeaves } from "@/ui/TabLeaves";

/** Where conditions are put together: another room knows how, this one only says what for. */
export type ConditionsSlot = (props: {
  label: string;
  value: Condition[];
  /** Was it refused as it stands? */
  isRefused: boolean;
  onChange: (value: Condition[] | null) => void;
}) => ReactNode;

interface RuleFormProps {
  draft: RuleDraft;
  /** By field, as the server told them. */
  problems: Record<string, string>;
  onChange: (part: Partial<RuleDraft>) => void;
  conditions: ConditionsSlot;
  /** The conditions as they stood when the form was opened. */
  when: Condition[];
}

const LONGEST = 730;

/** A rule in the order in which one says it: for whom, how often, how, about what. */
export function RuleForm({ draft, problems, onChange, conditions, when }: RuleFormProps) {
  const { t } = useLingui();
  const words = useWords("way");
  const ways = onOffer(words, ...draft.ways);
  const units = { day: t`天`, week: t`周`, month: t`个月` };
  const isVisit = draft.track === "return_visit";
  return (
    <>
      <Part label={t`规则名称`} problem={problems.name}>
        {(id) => (
          <Input
            id={id}
            autoComplete="off"
            maxLength={60}
            value={draft.name}
            status={problems.name ? "error" : ""}
            placeholder={t`比如 重点客户每周一次`}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Part>
      <Part
        label={t`哪些客户`}
        note={t`都要符合；一个条件也不写，就是所有客户`}
        problem={problems.when}
      >
        <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 1 }} />}>
          {conditions({
            label: t`哪些客户`,
            value: when,
            isRefused: problems.when !== undefined,
            onChange: (next) => onChange({ when: next }),
          })}
        </Suspense>
      </Part>
      <Part label={t`多久一次`} problem={problems.every ?? problems.unit ?? problems.track}>
        {(id) => (
          <div className="rhythm">
            <Pills
              label={t`跟进还是回访`}
              value={draft.track}
              options={[
                { value: "follow_up", label: t`跟进` },
                { value: "return_visit", label: t`回访` },
              ]}
              onChange={(track) => track && onChange({ track })}
            />
            <InputNumber
              id={id}
              prefix={t`每`}
              min={1}
              max={LONGEST}
              precision={0}
              value={draft.every}
              status={problems.every ? "error" : ""}
              onChange={(every) => onChange({ every })}
            />
            <Pills
              label={t`间隔的单位`}
              value={draft.unit}
              options={UNITS.map((value) => ({ value, label: units[value] }))}
              onChange={(unit) => unit && onChange({ unit })}
            />
          </div>
        )}
      </Part>
      {isVisit ? (
        <p className="faint rhythm-note">
          {t`回访和跟进各排各的：同一位客户可以每两周跟进一次，另外每季度回访一次。`}
        </p>
      ) : (
        <Part
          label={t`首次跟进`}
          note={t`新录入、还没联系过的客户；留空就和上面一样`}
          problem={problems.first_within}
        >
          {(id) => (
            <InputNumber
              id={id}
              className="first-within"
              prefix={t`录入后`}
              suffix={t`天内`}
              min={1}
              max={365}
              precision={0}
              value={draft.first_within}
              status={problems.first_within ? "error" : ""}
              onChange={(first_within) => onChange({ first_within })}
            />
          )}
        </Part>
      )}
      <Part
        label={t`建议方式`}
        note={t`从这几种里挑：要紧的先电话、拜访，例行的先邮件、企业微信`}
        problem={problems.ways}
      >
        {(id) => (
          <TabLeaves>
            <Select
              id={id}
              mode="multiple"
              className="rule-ways"
              placeholder={t`不限`}
              options={ways.map(({ value, label }) => ({ value, label }))}
              value={draft.ways}
              status={problems.ways ? "error" : ""}
              onChange={(next: string[]) => onChange({ ways: next })}
            />
          </TabLeaves>
        )}
      </Part>
      <Part label={t`聊什么`} problem={problems.matter}>
        {(id) => (
          <Input
            id={id}
            autoComplete="off"
            maxLength={60}
            value={draft.matter}
            status={problems.matter ? "error" : ""}
            placeholder={t`比如 了解近况与需求`}
            onChange={(event) => onChange({ matter: event.target.value })}
          />
        )}
      </Part>
    </>
  );
}

interface PartProps {
  label: string;
  note?: string;
  problem: string | undefined;
  /** With the id of its one control; where there are several, they have names of their own. */
  children: ((id: string) => ReactNode) | ReactNode;
}

function Part({ label, note, problem, children }: PartProps) {
  const id = useId();
  const isOne = typeof children === "function";
  const Label = isOne ? "label" : "span";
  return (
    <div className="cadence-part">
      <Label className="cadence-label" {...(isOne && { htmlFor: id })}>
        {label}
        {note && <small>{note}</small>}
      </Label>
      {isOne ? children(id) : children}
      <Problem text={problem} />
    </div>
  );
}
