import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Input, Popconfirm, Select } from "antd";
import { type ReactNode, useId, useState } from "react";
import { ApiProblem, messageOf } from "@/api/problem";
import { ConditionLines } from "@/rooms/fields/ConditionLines";
import { RuleSentence, useLevelNames } from "@/rooms/fields/RuleSentence";
import { RuleTrialView } from "@/rooms/fields/RuleTrialView";
import {
  addRule,
  changeRule,
  deleteRule,
  type Rule,
  type RuleLevel,
  type RuleWords,
} from "@/rooms/fields/ruleApi";
import {
  draftOfRule,
  isComputed,
  placeOf,
  type RuleDraft,
  ruleSaid,
} from "@/rooms/fields/ruleDraft";
import { ruleKey, useNames } from "@/rooms/fields/ruleQueries";
import { conditionsText } from "@/rooms/fields/sentence";
import { FormDrawer } from "@/ui/FormDrawer";
import { Pills } from "@/ui/Pills";

interface RuleDrawerProps {
  open: Rule | "new" | null;
  words: RuleWords;
  onClose: () => void;
  onOpenCustomer: (id: number) => void;
}

/** Puts a rule together, and shows at once whom it would speak of. */
export function RuleDrawer({ open, ...rest }: RuleDrawerProps) {
  const [shown, setShown] = useState(open);
  const [times, setTimes] = useState(0);
  if (open && open !== shown) {
    setShown(open);
    setTimes(times + 1);
  }
  if (!shown) return null;
  const rule = shown === "new" ? null : shown;
  return <OneRule key={`${times}.${rule?.id ?? "new"}`} rule={rule} isOpen={!!open} {...rest} />;
}

interface OneRuleProps extends Omit<RuleDrawerProps, "open"> {
  rule: Rule | null;
  isOpen: boolean;
}

const LEVELS: RuleLevel[] = ["hint", "warning", "refusal"];
const WIDTH = 620;

function OneRule({ rule, isOpen, words, onClose, onOpenCustomer }: OneRuleProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const levels = useLevelNames();
  const [draft, setDraft] = useState<RuleDraft>(() => draftOfRule(rule));
  const names = useNames([...draft.when, ...draft.must]);
  const [problem, setProblem] = useState<string | null>(null);
  const [isRefused, setRefused] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const put = (part: Partial<RuleDraft>) => setDraft((now) => ({ ...now, ...part }));
  const said = ruleSaid(draft);
  const usual = said ? t`请核对：${conditionsText(said.must, words, names)}`.slice(0, 200) : "";
  const whole = said && {
    ...said,
    name: said.name || conditionsText(said.must, words, names).slice(0, 60),
    message: said.message || usual,
  };
  const run = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
      await cache.invalidateQueries({ queryKey: ruleKey });
      message.success(done);
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
      if (error instanceof ApiProblem && error.isStale) {
        void cache.invalidateQueries({ queryKey: ruleKey });
      }
    } finally {
      setBusy(false);
    }
  };
  const save = () => {
    if (whole) {
      const work = () => (rule ? changeRule(rule, whole) : addRule(whole));
      void run(work, rule ? t`保存了` : t`规则加好了，马上生效`);
    } else {
      setProblem(t`“要求”里至少写完一个条件，写了一半的条件请补全或去掉。`);
      setRefused(true);
    }
  };
  const effects: Record<RuleLevel, string> = {
    hint: t`填的时候说一声，不拦。`,
    warning: t`填的时候提醒，可以照样保存；还会列进“自相矛盾”清单。`,
    refusal: t`不符合就存不了，要改到符合为止。`,
  };
  const placed = words.facts.filter((one) => !isComputed(one.name));
  return (
    <FormDrawer
      title={rule ? rule.name : t`添加规则`}
      open={isOpen}
      onClose={onClose}
      onSubmit={save}
      submitLabel={rule ? t`保存` : t`添加`}
      isBusy={isBusy}
      width={WIDTH}
      aside={
        rule?.key.startsWith("rule-") && (
          <Popconfirm
            title={t`删除这条规则？`}
            okText={t`删除`}
            cancelText={t`留着`}
            onConfirm={() => void run(() => deleteRule(rule.id), t`规则删掉了`)}
          >
            <Button danger type="text">
              {t`删除`}
            </Button>
          </Popconfirm>
        )
      }
    >
      <div className="rule-form">
        {problem && <Alert type="error" showIcon role="alert" title={problem} />}
        {whole && <RuleSentence rule={whole} words={words} names={names} />}
        <Part title={t`当`} note={t`什么时候要检查；不写就是所有客户`}>
          <ConditionLines
            label={t`当`}
            list={draft.when}
            words={words}
            isRefused={isRefused}
            onChange={(when) => put({ when })}
          />
        </Part>
        <Part title={t`要求`} note={t`都要符合`}>
          <ConditionLines
            label={t`要求`}
            list={draft.must}
            words={words}
            isRefused={isRefused}
            onChange={(must) => put({ must })}
          />
        </Part>
        <Part title={t`不符合就`}>
          <Pills
            label={t`不符合就`}
            value={draft.level}
            options={LEVELS.map((value) => ({ value, label: levels[value] }))}
            onChange={(level) => level && put({ level })}
          />
          <small className="soft">{effects[draft.level]}</small>
        </Part>
        <Labelled label={t`说什么`}>
          {(id) => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 1, maxRows: 4 }}
              maxLength={200}
              placeholder={usual || t`比如：A级客户要合作满一年，请核对等级`}
              value={draft.message}
              onChange={(event) => put({ message: event.target.value })}
            />
          )}
        </Labelled>
        <div className="def-pair">
          <Labelled label={t`说在哪个字段旁边`}>
            {(id) => (
              <Select
                id={id}
                showSearch={{ optionFilterProp: "label" }}
                placeholder={t`选一个字段`}
                options={placed.map(({ name, label }) => ({ value: name, label }))}
                value={draft.field ?? placeOf(draft)}
                onChange={(field) => put({ field })}
              />
            )}
          </Labelled>
          <Labelled label={t`规则叫什么`}>
            {(id) => (
              <Input
                id={id}
                maxLength={60}
                autoComplete="off"
                placeholder={whole?.name ?? t`可以不写`}
                value={draft.name}
                onChange={(event) => put({ name: event.target.value })}
              />
            )}
          </Labelled>
        </div>
        <RuleTrialView rule={whole} onOpenCustomer={onOpenCustomer} />
      </div>
    </FormDrawer>
  );
}

function Part(props: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="rule-part">
      <h3>
        {props.title}
        {props.note && <small>{props.note}</small>}
      </h3>
      {props.children}
    </section>
  );
}

function Labelled(props: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="rule-part">
      <h3>
        <label htmlFor={id}>{props.label}</label>
      </h3>
      {props.children(id)}
    </div>
  );
}
