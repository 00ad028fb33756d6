import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { Today } from "@/api/generated/zhike.schemas";
import { countText } from "@/lib/money";
import { inTimeShare, isOftenLate } from "@/rooms/care/today/lateness";

/** What the day holds, in figures; those that stand below lead there. */
export function Numbers({ today }: { today: Today }) {
  const { t } = useLingui();
  const { counts } = today;
  const numbers = [
    { key: "overdue", label: t`超期`, value: counts.overdue, to: "#overdue" },
    { key: "due", label: t`今天要做`, value: counts.due, to: "#due" },
    { key: "coming", label: t`未来七天`, value: counts.coming, to: "#coming" },
    { key: "done", label: t`今天已完成`, value: counts.done_today },
    {
      key: "week",
      label: t`本周跟进`,
      value: counts.follow_ups_week,
      note: <InTime today={today} />,
    },
    { key: "customers", label: t`我的客户`, value: counts.customers },
  ];
  return (
    <dl className="today-numbers">
      {numbers.map(({ key, label, value, to, note }) => (
        <div key={key} className={key === "overdue" && value > 0 ? "is-late" : ""}>
          <dt>
            {to ? <a href={to}>{label}</a> : label}
            {note}
          </dt>
          <dd className="number">{countText(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How much of the last month was written down within the day. */
function InTime({ today }: { today: Today }) {
  const { t } = useLingui();
  if (today.late_rate === null) return null;
  const share = inTimeShare(today.late_rate);
  return (
    <small
      className={isOftenLate(today.late_rate) ? "is-often-late" : ""}
      title={t`近 30 天的跟进里，联系完在规定时间内记下的占 ${share}%`}
    >
      {today.late_rate > 0 ? (
        <Link to="/" search={{ beside: "late" }}>{t`及时 ${share}%`}</Link>
      ) : (
        t`及时 ${share}%`
      )}
    </small>
  );
}
