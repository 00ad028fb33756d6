import { useLingui } from "@lingui/react/macro";
import { Fragment } from "react";
import type { Condition, Rule, RuleLevel, RuleWords } from "@/rooms/fields/ruleApi";
import { type Names, toldCondition } from "@/rooms/fields/sentence";
import { Chip } from "@/ui/Chip";

type Said = Pick<Rule, "when" | "must" | "level" | "message">;

interface RuleSentenceProps {
  rule: Said;
  words: RuleWords;
  names: Names;
}

const COLOURS: Record<RuleLevel, string> = { hint: "blue", warning: "amber", refusal: "red" };

/** What every level is called. */
export function useLevelNames(): Record<RuleLevel, string> {
  const { t } = useLingui();
  return { hint: t`提示`, warning: t`警告`, refusal: t`不允许保存` };
}

/** A rule read aloud: 当 客户等级 是 A级，要求 合作天数 ≥ 365；否则 警告：…。 */
export function RuleSentence({ rule, words, names }: RuleSentenceProps) {
  const { t } = useLingui();
  const levels = useLevelNames();
  return (
    <p className="rule-sentence">
      {rule.when.length > 0 && (
        <>
          {t`当`} <Conditions list={rule.when} words={words} names={names} />
          {t`，`}
        </>
      )}
      {t`要求`} <Conditions list={rule.must} words={words} names={names} />
      {t`；否则`} <Chip color={COLOURS[rule.level]}>{levels[rule.level]}</Chip>
      {rule.message && <q>{rule.message}</q>}
    </p>
  );
}

interface ConditionsProps {
  list: Condition[];
  words: RuleWords;
  names: Names;
}

function Conditions({ list, words, names }: ConditionsProps) {
  const { t } = useLingui();
  return list.map((condition, at) => {
    const { fact, op, value } = toldCondition(condition, words, names);
    return (
      <Fragment key={`${condition.field}${condition.op}${JSON.stringify(condition.value)}`}>
        {at > 0 && <span className="rule-and">{t` 且 `}</span>}
        <b>{fact}</b> {op} {value && <b>{value}</b>}
      </Fragment>
    );
  });
}
