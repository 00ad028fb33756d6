import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button, Select } from "antd";
import { ConditionValueInput } from "@/rooms/fields/ConditionValueInput";
import type { RuleWords } from "@/rooms/fields/ruleApi";
import {
  type DraftCondition,
  emptyCondition,
  isWhole,
  opsOf,
  withFact,
  withOp,
} from "@/rooms/fields/ruleDraft";
import { opText, takesValue } from "@/rooms/fields/sentence";

interface ConditionLinesProps {
  label: string;
  list: DraftCondition[];
  words: RuleWords;
  /** Was it refused as it stands? Then the lines not said to their end are marked. */
  isRefused?: boolean;
  onChange: (list: DraftCondition[]) => void;
}

const MOST = 10;

/** Conditions that have to hold together, one on each line. */
export function ConditionLines(props: ConditionLinesProps) {
  const { label, list, words, isRefused = false, onChange } = props;
  const { t } = useLingui();
  const put = (next: DraftCondition) =>
    onChange(list.map((one) => (one.id === next.id ? next : one)));
  return (
    <div className="conditions">
      {list.map((condition, at) => {
        const fact = words.facts.find((one) => one.name === condition.field);
        const name = t`${label}，第 ${at + 1} 个条件`;
        const isWrong = isRefused && !isWhole(condition);
        return (
          <fieldset key={condition.id} className="condition" aria-label={name}>
            <span className="rule-and">{at > 0 && t`且`}</span>
            <Select
              aria-label={t`哪个字段`}
              aria-invalid={isWrong}
              status={isWrong ? "error" : ""}
              showSearch={{ optionFilterProp: "label" }}
              placeholder={t`哪个字段`}
              popupMatchSelectWidth={220}
              options={words.facts.map((one) => ({ value: one.name, label: one.label }))}
              value={condition.field}
              onChange={(chosen: string) => {
                const next = words.facts.find((one) => one.name === chosen);
                if (next) put(withFact(condition, next, words));
              }}
            />
            <Select
              aria-label={t`怎么比`}
              status={isWrong && fact ? "error" : ""}
              disabled={!fact}
              popupMatchSelectWidth={140}
              options={opsOf(fact, words).map((one) => ({
                value: one.name,
                label: ["before_field", "after_field"].includes(one.name)
                  ? t`${opText(one.name, fact?.type ?? "")}另一个日期`
                  : opText(one.name, fact?.type ?? ""),
              }))}
              value={condition.op}
              onChange={(op: string) => put(withOp(condition, op))}
            />
            {fact && condition.op && takesValue(condition.op) && (
              <div className="condition-value">
                <ConditionValueInput
                  fact={fact}
                  op={condition.op}
                  facts={words.facts}
                  value={condition.value}
                  onChange={(value) => put({ ...condition, value })}
                />
              </div>
            )}
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t`去掉：${name}`}
              onClick={() => onChange(list.filter((one) => one.id !== condition.id))}
            />
          </fieldset>
        );
      })}
      {list.length < MOST && (
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined />}
          onClick={() => onChange([...list, emptyCondition()])}
        >
          {t`加一个条件`}
        </Button>
      )}
    </div>
  );
}
