import { useLingui } from "@lingui/react/macro";
import { useWorkdays } from "@/api/workdays";
import { addDays, type Day, today } from "@/lib/days";
import { type QuickDay, quickDays } from "@/rooms/care/draft";

export interface OfferedDay {
  name: QuickDay;
  label: string;
  day: Day;
}

/** The days to plan for with one click, with what people call them. */
export function useQuickDays(): OfferedDay[] {
  const { t } = useLingui();
  const labels: Record<QuickDay, string> = {
    tomorrow: t`明天`,
    after: t`后天`,
    monday: t`下周一`,
    "two-weeks": t`两周后`,
    month: t`一个月后`,
  };
  const now = today();
  const workdays = useWorkdays(yearOf(now), yearOf(addDays(now, 40)));
  return quickDays(now, workdays).map(({ name, day }) => ({ name, label: labels[name], day }));
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}
