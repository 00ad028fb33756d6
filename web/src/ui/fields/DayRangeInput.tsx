import { useLingui } from "@lingui/react/macro";
import { DayInput } from "@/ui/DayInput";
import "@/ui/fields/fields.css";

type Range = [string | null, string | null];

interface DayRangeInputProps {
  id?: string | undefined;
  /** Names the field; the two ends add 从 and 到. */
  label: string;
  value?: Range | null | undefined;
  onChange?: ((range: Range | null) => void) | undefined;
  autoFocus?: boolean | undefined;
}

/** From a day to a day; either end may stay open. */
export function DayRangeInput({ id, label, value, onChange, autoFocus }: DayRangeInputProps) {
  const { t } = useLingui();
  const [from, until] = value ?? [null, null];
  const change = (next: Range) => onChange?.(next[0] || next[1] ? next : null);
  return (
    <span className="day-range">
      <DayInput
        {...(id && { id })}
        autoFocus={autoFocus ?? false}
        aria-label={t`${label}，从`}
        placeholder={t`从`}
        quick="back"
        value={from}
        onChange={(day) => change([day, until])}
      />
      <span aria-hidden className="faint">
        –
      </span>
      <DayInput
        aria-label={t`${label}，到`}
        placeholder={t`到`}
        value={until}
        onChange={(day) => change([from, day])}
      />
    </span>
  );
}
