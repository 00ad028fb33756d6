import { useLingui } from "@lingui/react/macro";
import { DatePicker } from "antd";
import dayjs from "dayjs";
import { addDays, type Day, today, weekStart } from "@/lib/days";

interface DayCalendarProps {
  value: Day | null;
  /** One-click days ahead (计划) or gone by (记录). */
  quick: "ahead" | "back";
  onPick: (day: Day | null) => void;
  onClose: () => void;
}

/** The open calendar under a day field. Apart from the field, because few ever open it. */
export function DayCalendar({ value, quick, onPick, onClose }: DayCalendarProps) {
  const { t } = useLingui();
  const now = today();
  const ahead = [
    { label: t`明天`, day: addDays(now, 1) },
    { label: t`三天后`, day: addDays(now, 3) },
    { label: t`下周一`, day: addDays(weekStart(now), 7) },
    { label: t`两周后`, day: addDays(now, 14) },
    { label: t`一个月后`, day: dayjs(now).add(1, "month").format("YYYY-MM-DD") },
  ];
  const back = [
    { label: t`今天`, day: now },
    { label: t`昨天`, day: addDays(now, -1) },
    { label: t`前天`, day: addDays(now, -2) },
  ];
  return (
    <DatePicker
      className="day-input-anchor"
      open
      tabIndex={-1}
      value={value ? dayjs(value) : null}
      presets={(quick === "back" ? back : ahead).map(({ label, day }) => ({
        label,
        value: dayjs(day),
      }))}
      onOpenChange={(next) => !next && onClose()}
      onChange={(date) => onPick(date ? date.format("YYYY-MM-DD") : null)}
    />
  );
}
