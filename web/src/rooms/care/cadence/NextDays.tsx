import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { nextContact } from "@/api/generated/cadence";
import { ApiProblem, messageOf } from "@/api/problem";
import { type Day, dayText, planText } from "@/lib/days";
import { useTaskActions } from "@/rooms/care/queries";
import { useQuickDays } from "@/rooms/care/useQuickDays";
import { DayInput } from "@/ui/DayInput";
import "@/rooms/care/cadence/nextDays.css";

interface NextDaysProps {
  customer: { id: number; name: string };
  /** The day of a contact that is not on file; absent where the file knows. */
  after?: Day;
  onPlanned?: () => void;
}

/** The days one may plan the next contact for with one click: the one the cadence suggests, and
 * why, before the usual ones. */
export function NextDays({ customer, after, onPlanned }: NextDaysProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { add } = useTaskActions();
  const days = useQuickDays();
  const [refused, setRefused] = useState<{ day: Day; why: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { data: rule } = useQuery({
    queryKey: ["next-contact", customer.id, after ?? ""],
    queryFn: ({ signal }) => nextContact(customer.id, after ? { after } : {}, { signal }),
    retry: false,
  });
  const byRule = rule?.on ?? null;
  const plan = async (day: Day, agreed = false) => {
    setBusy(true);
    setRefused(null);
    try {
      const common = { kind: "follow_up", customer_id: customer.id, due_on: day, agreed };
      const isRule = rule?.on === day;
      await add(isRule ? { ...common, way: rule.way, title: rule.matter } : common);
      message.success(t`约好了：${customer.name} ${planText(day)}`);
      onPlanned?.();
    } catch (error) {
      const isTooOften = error instanceof ApiProblem && error.code === "too_often";
      if (isTooOften) setRefused({ day, why: messageOf(error) });
      else message.error(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="next-days">
      <span className="next-buttons">
        {byRule && (
          <Button
            size="small"
            type="primary"
            ghost
            disabled={isBusy}
            title={planText(byRule)}
            onClick={() => void plan(byRule)}
          >
            {t`按频率 ${dayText(byRule)}`}
          </Button>
        )}
        {days
          .filter(({ day }) => day !== byRule)
          .map(({ label, day }) => (
            <Button
              key={day}
              size="small"
              disabled={isBusy}
              title={planText(day)}
              onClick={() => void plan(day)}
            >
              {label}
            </Button>
          ))}
        <span className="next-days-other">
          <DayInput aria-label={t`选日期`} value={null} onChange={(day) => day && void plan(day)} />
        </span>
      </span>
      {rule?.why && <p className="next-days-why">{rule.why}</p>}
      {refused && (
        <p className="next-days-often" role="alert">
          {refused.why}
          <Button size="small" loading={isBusy} onClick={() => void plan(refused.day, true)}>
            {t`和客户说好了，照样约`}
          </Button>
        </p>
      )}
    </div>
  );
}
