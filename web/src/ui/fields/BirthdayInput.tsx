import { useLingui } from "@lingui/react/macro";
import { Checkbox, InputNumber, Select } from "antd";
import { useEffect, useState } from "react";
import {
  type Birthday,
  birthdayCode,
  daysIn,
  lunarDayText,
  lunarMonthText,
  parseBirthday,
} from "@/lib/birthdays";
import { today } from "@/lib/days";
import { Pills } from "@/ui/Pills";
import "@/ui/fields/fields.css";

interface BirthdayInputProps {
  id?: string | undefined;
  /** Names the field for screen readers. */
  label: string;
  value?: string | null | undefined;
  onChange?: ((birthday: string | null) => void) | undefined;
  disabled?: boolean | undefined;
}

type Draft = Omit<Birthday, "month" | "day"> & { month: number | null; day: number | null };
const NOTHING: Draft = { isLunar: false, year: null, month: null, day: null, isLeap: false };
const EARLIEST = 1900;
const MONTHS = Array.from({ length: 12 }, (_, at) => at + 1);

/** A birthday by either calendar; the year may stay open. Handed on once month and day are there. */
export function BirthdayInput({ id, label, value, onChange, disabled }: BirthdayInputProps) {
  const { t } = useLingui();
  const [draft, setDraft] = useState<Draft>(() => parseBirthday(value) ?? NOTHING);
  useEffect(() => {
    setDraft((now) => (codeOf(now) === (value || null) ? now : (parseBirthday(value) ?? NOTHING)));
  }, [value]);
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    if (next.month !== null && next.day !== null) {
      next.day = Math.min(next.day, daysIn({ ...next, month: next.month }));
    }
    setDraft(next);
    const code = codeOf(next);
    if (code !== (value || null)) onChange?.(code);
  };
  const { isLunar, month } = draft;
  const days = month === null ? 31 : daysIn({ ...draft, month });
  return (
    <span className="birthday-input">
      <Pills
        label={t`${label}，哪种历法`}
        value={isLunar ? "lunar" : "solar"}
        options={[
          { value: "solar", label: t`公历` },
          { value: "lunar", label: t`农历` },
        ]}
        onChange={(calendar) => change({ isLunar: calendar === "lunar", isLeap: false })}
      />
      <InputNumber
        id={id}
        className="birthday-year"
        aria-label={t`${label}，年`}
        placeholder={t`年（可不填）`}
        controls={false}
        disabled={disabled}
        min={EARLIEST}
        max={Number(today().slice(0, 4))}
        precision={0}
        value={draft.year}
        onChange={(year) => change({ year })}
      />
      <Select
        className="birthday-part"
        aria-label={t`${label}，月`}
        placeholder={t`月`}
        allowClear
        disabled={disabled}
        value={month}
        options={MONTHS.map((one) => ({
          value: one,
          label: isLunar ? lunarMonthText(one) : t`${one}月`,
        }))}
        onChange={(one?: number | null) => change({ month: one ?? null })}
      />
      <Select
        className="birthday-part"
        aria-label={t`${label}，日`}
        placeholder={t`日`}
        allowClear
        disabled={disabled}
        value={draft.day}
        options={Array.from({ length: days }, (_, at) => at + 1).map((one) => ({
          value: one,
          label: isLunar ? lunarDayText(one) : t`${one}日`,
        }))}
        onChange={(one?: number | null) => change({ day: one ?? null })}
      />
      {isLunar && (
        <Checkbox
          checked={draft.isLeap}
          disabled={disabled}
          onChange={(event) => change({ isLeap: event.target.checked })}
        >
          {t`闰月`}
        </Checkbox>
      )}
    </span>
  );
}

function codeOf({ month, day, ...rest }: Draft): string | null {
  return month === null || day === null ? null : birthdayCode({ ...rest, month, day });
}
