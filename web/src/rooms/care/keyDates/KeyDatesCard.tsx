import { useLingui } from "@lingui/react/macro";
import { calendarText, planText } from "@/lib/days";
import { isSoon, keyDateText, leftText } from "@/rooms/care/keyDates/keyDates";
import { useKeyDatesOf } from "@/rooms/care/keyDates/queries";
import "@/rooms/care/keyDates/keyDates.css";

/** 重要日期 on a customer's page: what comes up, how soon, and by which calendar. Nothing stands
 * there where the file names no day. */
export function KeyDatesCard({ customer }: { customer: number }) {
  const { t } = useLingui();
  const { data } = useKeyDatesOf(customer);
  if (!data || data.length === 0) return null;
  return (
    <section aria-label={t`重要日期`}>
      <h2>{t`重要日期`}</h2>
      <ul className="key-dates">
        {data.map((one) => (
          <li key={one.id} className={isSoon(one) ? "is-soon" : ""}>
            <span className="key-date-what">{keyDateText(one)}</span>
            <time dateTime={one.on} title={planText(one.on)}>
              {calendarText(one.on)}
              <small>{leftText(one)}</small>
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}
