import { useLingui } from "@lingui/react/macro";
import { Input } from "antd";
import { useState } from "react";
import { type Day, planText } from "@/lib/days";
import type { NextPlan, QuickDay } from "@/rooms/care/draft";
import { Problem } from "@/rooms/care/fields";
import { NextNotes } from "@/rooms/care/NextNotes";
import { useQuickDays } from "@/rooms/care/useQuickDays";
import { DayInput } from "@/ui/DayInput";
import { Pills } from "@/ui/Pills";

interface NextPickProps {
  value: NextPlan | null;
  onChange: (next: NextPlan | null) => void;
  problem?: string | undefined;
  /** What the cadence says. */
  suggested?: NextPlan | null | undefined;
  /** The day agreed on before, which stands as long as no other is chosen. */
  agreed?: Day | null | undefined;
  /** Only the days: what it is about stands elsewhere. */
  isBrief?: boolean;
}

const NO_PLAN: Omit<NextPlan, "on"> = { time: "", matter: "", materials: "" };

/** When to talk again: one click for the usual days, a calendar for the others. */
export function NextPick({ value, onChange, problem, suggested, agreed, isBrief }: NextPickProps) {
  const { t } = useLingui();
  const [isOther, setOther] = useState(false);
  const days = useQuickDays();
  const matching = days.find(({ day }) => day === value?.on)?.name;
  const named = value === null ? "none" : value.byRule ? "rule" : (matching ?? "other");
  const shown = isOther ? "other" : named;
  const plan = (on: Day) => {
    // What the rule would have talked about is no plan of one's own.
    const own = value && !value.byRule ? value : NO_PLAN;
    onChange({ ...NO_PLAN, ...own, on });
  };
  const rule = suggested && {
    value: "rule" as const,
    label: t`按频率 ${planText(suggested.on)}`,
  };
  return (
    <div className="next-pick">
      <Pills<QuickDay | "none" | "rule" | "other">
        label={t`下次跟进`}
        value={shown}
        options={[
          { value: "none", label: agreed ? t`照原约 ${planText(agreed)}` : t`不安排` },
          ...(rule ? [rule] : []),
          ...days.map(({ name, label, day }) => ({ value: name, label, title: planText(day) })),
          { value: "other", label: t`选日期` },
        ]}
        onChange={(choice) => {
          setOther(choice === "other");
          const picked = days.find(({ name }) => name === choice);
          if (choice === "none") onChange(null);
          else if (choice === "rule" && suggested) onChange(suggested);
          else if (picked) plan(picked.day);
        }}
      >
        {shown === "other" && (
          <span className="pick-day">
            <DayInput
              aria-label={t`下次跟进的日子`}
              autoFocus={isOther}
              quick="ahead"
              value={value && !value.byRule ? value.on : null}
              onChange={(on) => (on ? plan(on) : onChange(null))}
            />
          </span>
        )}
      </Pills>
      {value && !isBrief && (
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
      {!isBrief && <NextNotes value={value} agreed={agreed} onChange={onChange} />}
      <Problem text={problem} />
    </div>
  );
}
