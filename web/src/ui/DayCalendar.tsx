import { useLingui } from "@lingui/react/macro";
import { DatePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { type ReactNode, useMemo, useState } from "react";
import { useWorkdays } from "@/api/workdays";
import { addDays, type Day, monthLater, today, weekStart } from "@/lib/days";
import type { Workdays } from "@/lib/workdays";

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
  const chosen = useMemo(() => (value ? dayjs(value) : null), [value]);
  const [shown, setShown] = useState(() => chosen ?? dayjs(now));
  // A month shows days of the year before or after it, too.
  const workdays = useWorkdays(shown.subtract(7, "day").year(), shown.add(37, "day").year());
  const ahead = [
    { label: t`明天`, day: addDays(now, 1) },
    { label: t`三天后`, day: addDays(now, 3) },
    { label: t`下周一`, day: addDays(weekStart(now), 7) },
    { label: t`两周后`, day: workdays.from(addDays(now, 14)) },
    { label: t`一个月后`, day: workdays.from(monthLater(now)) },
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
      value={chosen}
      pickerValue={shown}
      presets={(quick === "back" ? back : ahead).map(({ label, day }) => ({
        label,
        value: dayjs(day),
      }))}
      onPanelChange={(date) => setShown(date)}
      cellRender={(day, { type, originNode }) =>
        type === "date" && dayjs.isDayjs(day) ? (
          <Marked day={day} workdays={workdays}>
            {originNode}
          </Marked>
        ) : (
          originNode
        )
      }
      onOpenChange={(next) => !next && onClose()}
      onChange={(date) => onPick(date ? date.format(DAY) : null)}
    />
  );
}

const DAY = "YYYY-MM-DD";

interface MarkedProps {
  day: Dayjs;
  workdays: Workdays;
  children: ReactNode;
}

/** A day with 休 or 班 in its corner, as on a printed calendar. */
function Marked({ day, workdays, children }: MarkedProps) {
  const { t } = useLingui();
  const named = workdays.nameOf(day.format(DAY));
  if (!named) return children;
  return (
    <span className="marked-day" title={named.name}>
      {children}
      <small className={named.works ? "is-work" : "is-off"}>{named.works ? t`班` : t`休`}</small>
    </span>
  );
}
