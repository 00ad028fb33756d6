import { Skeleton } from "antd";
import { useState } from "react";
import { ConditionLines } from "@/rooms/fields/ConditionLines";
import type { Condition } from "@/rooms/fields/ruleApi";
import { conditionsSaid, type DraftCondition, drafted } from "@/rooms/fields/ruleDraft";
import { useRuleWords } from "@/rooms/fields/ruleQueries";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/fields/fields.css";

interface ConditionsInputProps {
  /** What the conditions are for, for screen readers. */
  label: string;
  /** What stands there at first; afterwards the lines are kept here. */
  value: Condition[];
  /** Was it refused as it stands? */
  isRefused: boolean;
  /** null as long as a line is half said. */
  onChange: (value: Condition[] | null) => void;
}

/** Which customers something is for: conditions that all hold. */
export function ConditionsInput({ label, value, isRefused, onChange }: ConditionsInputProps) {
  const words = useRuleWords();
  const [list, setList] = useState<DraftCondition[]>(() => drafted(value));
  if (words.error && !words.data) {
    return <Trouble error={words.error} onRetry={() => void words.refetch()} />;
  }
  if (!words.data) return <Skeleton active title={false} paragraph={{ rows: 1 }} />;
  return (
    <div className="rule-part">
      <ConditionLines
        label={label}
        list={list}
        words={words.data}
        isRefused={isRefused}
        onChange={(next) => {
          setList(next);
          onChange(conditionsSaid(next));
        }}
      />
    </div>
  );
}
