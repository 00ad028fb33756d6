import { useLingui } from "@lingui/react/macro";
import { Input } from "antd";
import { useState } from "react";
import { type Day, planText } from "@/lib/days";
import type { NextPlan, QuickDay } from "@/rooms/care/draft";
import { Problem } from "@/rooms/care/fields";
import { useQuickDays } from "@/rooms/care/useQuickDays";
import { DayInput } from "@/ui/DayInput";
import { Pills } from "@/ui/Pills";

interface NextPickProps {
  value: NextPlan | null;
  onChange: (next: NextPlan | null) => void;
  problem?: string | undefined;
}

const NO_PLAN: Omit<NextPlan, "on"> = { time: "", matter: "", materials: "" };

/** When to talk again: one click for the usual days, a calendar for the others. */
export function NextPick({ value, onChange, problem }: NextPickProps) {
  const { t } = useLingui();
  const [isOther, setOther] = useState(false);
  const days = useQuickDays();
  const matching = days.find(({ day }) => day === value?.on)?.name;
  const shown = isOther ? "other" : value === null ? "none" : (matching ?? "other");
  const plan = (on: Day) => onChange({ ...NO_PLAN, ...value, on });
  return (
    <div className="next-pick">
      <Pills<QuickDay | "none" | "other">
        label={t`下次跟进`}
        value={shown}
        options={[
          { value: "none", label: t`不安排` },
          ...days.map(({ name, label, day }) => ({ value: name, label, title: planText(day) })),
          { value: "other", label: t`选日期` },
        ]}
        onChange={(choice) => {
          setOther(choice === "other");
          const picked = days.find(({ name }) => name === choice);
          if (choice === "none") onChange(null);
          else if (picked) plan(picked.day);
        }}
      >
        {shown === "other" && (
          <span className="pick-day">
            <DayInput
              aria-label={t`下次跟进的日子`}
              autoFocus={isOther}
              quick="ahead"
              value={value?.on ?? null}
              onChange={(on) => (on ? plan(on) : onChange(null))}
            />
          </span>
        )}
      </Pills>
      {value && (
        <div className="next-matter">
          <span className="next-day">{planText(value.on)}</span>
          <Input
            aria-label={t`下次聊什么`}
            placeholder={t`聊什么？比如 确认报价`}
            autoComplete="off"
            maxLength={200}
            value={value.matter}
            onChange={(event) => onChange({ ...value, matter: event.target.value })}
          />
        </div>
      )}
      <Problem text={problem} />
    </div>
  );
}
