import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { useWorkdays } from "@/api/workdays";
import { addDays, type Day, planText, weekdayText } from "@/lib/days";
import type { NextPlan } from "@/rooms/care/draft";

interface NextNotesProps {
  value: NextPlan | null;
  /** The day agreed on before. */
  agreed: Day | null | undefined;
  onChange: (next: NextPlan) => void;
}

/** What to know of the day chosen: that people rest on it, and what it takes the place of. */
export function NextNotes({ value, agreed, onChange }: NextNotesProps) {
  const { t } = useLingui();
  // Holidays of the turn of the year may reach into the next one.
  const years = value ? [yearOf(value.on), yearOf(addDays(value.on, 15))] : [];
  const workdays = useWorkdays(...years);
  if (!value) return null;
  const rests = !workdays.isWorkday(value.on);
  const name = workdays.nameOf(value.on)?.name ?? weekdayText(value.on);
  const instead = workdays.from(value.on);
  return (
    <>
      {rests && (
        <p className="next-note">
          <Trans>
            那天休息（{name}）
            <Button
              type="link"
              size="small"
              onClick={() => onChange({ ...value, on: instead, byRule: false })}
            >
              改到{planText(instead)}
            </Button>
          </Trans>
        </p>
      )}
      {agreed && agreed !== value.on && (
        <p className="next-note">{t`原来约的是${planText(agreed)}，记下后换成新的日子`}</p>
      )}
    </>
  );
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}
