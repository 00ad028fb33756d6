import { CalendarOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import type { KeyDateOut } from "@/api/generated/zhike.schemas";
import { useRights } from "@/api/rights";
import { planText, weekdayText } from "@/lib/days";
import {
  byMonth,
  dateOf,
  isSoon,
  keyDateText,
  leftText,
  monthText,
} from "@/rooms/care/keyDates/keyDates";
import { useKeyDates } from "@/rooms/care/keyDates/queries";
import { EmptyState } from "@/ui/EmptyState";
import { Pills } from "@/ui/Pills";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/care/keyDates/keyDates.css";

export type KeyDateSpan = 30 | 90;

interface KeyDatesListProps {
  days: KeyDateSpan;
  isTeam: boolean;
  onChange: (days: KeyDateSpan, isTeam: boolean) => void;
}

/** So many the server tells at most. */
const MOST = 500;

/** The days that matter with one's customers, or the team's, by the calendar. */
export function KeyDatesList({ days, isTeam, onChange }: KeyDatesListProps) {
  const { t } = useLingui();
  const { reach } = useRights().scope("customer");
  const leads = reach === "team" || reach === "below" || reach === "all";
  const found = useKeyDates(isTeam && leads ? "team" : "mine", days);
  return (
    <div className="key-dates-list">
      <h2>{t`重要日期`}</h2>
      <div className="key-dates-choice">
        <Pills
          label={t`多久以内`}
          value={String(days)}
          options={[
            { value: "30", label: t`30天内` },
            { value: "90", label: t`90天内` },
          ]}
          onChange={(next) => onChange(next === "90" ? 90 : 30, isTeam)}
        />
        {leads && (
          <Pills
            label={t`谁的客户`}
            value={isTeam ? "team" : "mine"}
            options={[
              { value: "mine", label: t`我的` },
              { value: "team", label: t`团队` },
            ]}
            onChange={(next) => onChange(days, next === "team")}
          />
        )}
      </div>
      {found.isPending && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {found.error && !found.data && (
        <Trouble error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data?.length === 0 && (
        <EmptyState icon={<CalendarOutlined />} title={t`这段时间没有要记住的日子`}>
          <Trans>在客户资料里填上合同到期、合作开始、预计成交和生日，快到时会提前告诉你。</Trans>
        </EmptyState>
      )}
      {byMonth(found.data ?? []).map(({ month, items }) => (
        <section key={month} aria-label={monthText(month)}>
          <h3>{monthText(month)}</h3>
          <ul>
            {items.map((one) => (
              <KeyDateRow key={one.id} one={one} />
            ))}
          </ul>
        </section>
      ))}
      {found.data?.length === MOST && (
        <p className="faint">
          <Trans>只列出最近的 {MOST} 个。</Trans>
        </p>
      )}
    </div>
  );
}

function KeyDateRow({ one }: { one: KeyDateOut }) {
  return (
    <li className={isSoon(one) ? "is-soon" : ""}>
      <time dateTime={one.on} title={planText(one.on)}>
        <b className="number">{dateOf(one.on)}</b>
        <small>{weekdayText(one.on)}</small>
      </time>
      <span className="key-date-what">
        <Link to="/" search={{ open: one.customer.id }}>
          {one.customer.name}
        </Link>
        <small className="soft">{keyDateText(one)}</small>
      </span>
      <small className="key-date-left">{leftText(one)}</small>
    </li>
  );
}
