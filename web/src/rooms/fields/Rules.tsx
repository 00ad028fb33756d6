import { PlusOutlined, SafetyCertificateOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Skeleton, Switch } from "antd";
import { useState } from "react";
import { messageOf } from "@/api/problem";
import { RuleDrawer } from "@/rooms/fields/RuleDrawer";
import { RuleSentence } from "@/rooms/fields/RuleSentence";
import { changeRule, type Rule, type RuleWords } from "@/rooms/fields/ruleApi";
import { ruleKey, useNames, useRules, useRuleWords } from "@/rooms/fields/ruleQueries";
import type { Names } from "@/rooms/fields/sentence";
import { EmptyState } from "@/ui/EmptyState";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/fields/fields.css";

interface RulesProps {
  /** Opens one of the customers a rule speaks of. */
  onOpenCustomer: (id: number) => void;
}

/** 检查规则: what must fit together in a customer's file, each rule a sentence. */
export function Rules({ onOpenCustomer }: RulesProps) {
  const { t } = useLingui();
  const rules = useRules();
  const vocabulary = useRuleWords();
  const items = rules.data?.items;
  const names = useNames((items ?? []).flatMap((rule) => [...rule.when, ...rule.must]));
  const [open, setOpen] = useState<Rule | "new" | null>(null);
  const failed = [rules, vocabulary].filter((one) => one.error && !one.data);
  const add = (
    <Button
      type="primary"
      icon={<PlusOutlined />}
      disabled={!vocabulary.data}
      onClick={() => setOpen("new")}
    >
      {t`添加规则`}
    </Button>
  );
  return (
    <SettingsPart
      title={t`检查规则`}
      note={t`几个字段之间要说得通。填的时候当场提醒，每天夜里也会把全部客户查一遍。`}
      action={add}
    >
      {failed[0] ? (
        <Trouble error={failed[0].error} onRetry={() => failed.map((one) => one.refetch())} />
      ) : !items || !vocabulary.data ? (
        <Skeleton active />
      ) : items.length === 0 ? (
        <EmptyState icon={<SafetyCertificateOutlined />} title={t`还没有检查规则`} action={add}>
          {t`比如：合作到期要晚于合作开始；A级客户要填合同金额。`}
        </EmptyState>
      ) : (
        <ul className="rules">
          {items.map((rule) => (
            <RuleCard
              key={rule.id}
              rule={rule}
              words={vocabulary.data}
              names={names}
              onOpen={() => setOpen(rule)}
            />
          ))}
        </ul>
      )}
      {vocabulary.data && (
        <RuleDrawer
          open={open}
          words={vocabulary.data}
          onClose={() => setOpen(null)}
          onOpenCustomer={onOpenCustomer}
        />
      )}
    </SettingsPart>
  );
}

interface RuleCardProps {
  rule: Rule;
  words: RuleWords;
  names: Names;
  onOpen: () => void;
}

function RuleCard({ rule, words, names, onOpen }: RuleCardProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const turn = async (is_on: boolean) => {
    setBusy(true);
    try {
      await changeRule(rule, { is_on });
    } catch (error) {
      message.error(messageOf(error));
    }
    await cache.invalidateQueries({ queryKey: ruleKey });
    setBusy(false);
  };
  return (
    <li className={`rule-card ${rule.is_on ? "" : "is-off"}`}>
      <div>
        <button type="button" className="rule-name" onClick={onOpen}>
          {rule.name}
        </button>
        <RuleSentence rule={rule} words={words} names={names} />
      </div>
      <Switch
        aria-label={t`启用“${rule.name}”`}
        checked={rule.is_on}
        loading={isBusy}
        onChange={(is_on) => void turn(is_on)}
      />
    </li>
  );
}
