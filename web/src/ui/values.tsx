import { StarFilled } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import {
  calendarText,
  type Day as DayValue,
  dayText,
  dueText,
  isOverdue,
  planText,
  today,
  weekdayText,
} from "@/lib/days";
import { exactMoneyText, type Fen, moneyText } from "@/lib/money";
import "@/ui/parts.css";

/** Money as people say it (50万), the exact figure on hover. Nothing for null. */
export function Money({ fen }: { fen: Fen | null | undefined }) {
  if (fen == null) return null;
  return (
    <span className="number" title={exactMoneyText(fen)}>
      {moneyText(fen)}
    </span>
  );
}

/** A day gone by or to come (3天前, 下周三), the calendar day on hover. */
export function Day({ day }: { day: DayValue | null | undefined }) {
  if (!day) return null;
  return (
    <time dateTime={day} title={fullDay(day)}>
      {dayText(day)}
    </time>
  );
}

/** A day by the calendar: 2025年3月8日. For facts such as 合作开始. */
export function CalendarDay({ day }: { day: DayValue | null | undefined }) {
  if (!day) return null;
  return (
    <time dateTime={day} title={fullDay(day)}>
      {calendarText(day)}
    </time>
  );
}

/** A day something is due: red 超期2天 when late, strong when today. */
export function DueDay({ day }: { day: DayValue | null | undefined }) {
  if (!day) return null;
  const state = isOverdue(day) ? "is-late" : day === today() ? "is-today" : "";
  return (
    <time dateTime={day} className={`due ${state}`} title={planText(day)}>
      {dueText(day)}
    </time>
  );
}

/** The star of a 重点客户. */
export function KeyStar({ isKey }: { isKey: boolean }) {
  const { t } = useLingui();
  if (!isKey) return null;
  return <StarFilled className="key-star" aria-label={t`重点客户`} title={t`重点客户`} />;
}

function fullDay(day: DayValue): string {
  return `${day} ${weekdayText(day)}`;
}
