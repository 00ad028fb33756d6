import { ClockCircleOutlined, RightOutlined, TeamOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { teamToday } from "@/api/generated/care";
import type { TeamRow } from "@/api/generated/zhike.schemas";
import { planText, today } from "@/lib/days";
import { countText } from "@/lib/money";
import { useFalling } from "@/rooms/care/pool/queries";
import { isOftenLate } from "@/rooms/care/today/lateness";
import { shareOf, totalsOf, waited } from "@/rooms/care/today/team";
import { EmptyState } from "@/ui/EmptyState";
import { PageHead } from "@/ui/PageHead";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/care/care.css";
import "@/rooms/care/today/today.css";

interface TeamBoardProps {
  /** Mine or the team's. */
  views: ReactNode;
  /** What else waits for a decision. */
  alsoWaiting: ReactNode;
  /** Whose tasks stand open beside it. */
  person?: number | undefined;
}

/** 团队: who is behind, and on what, at one glance; each number leads to the list behind it. */
export function TeamBoard({ views, alsoWaiting, person }: TeamBoardProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery({
    queryKey: ["today", "team"],
    queryFn: ({ signal }) => teamToday({ signal }),
    staleTime: 10_000,
    refetchInterval: 5 * 60_000,
  });
  return (
    <div className="today-page">
      <PageHead title={t`今日`} note={planText(today())} actions={views} />
      <div className="team-body">
        {alsoWaiting}
        <TeamFalling />
        {error && !data && <Trouble error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
        {data?.length === 0 && (
          <EmptyState icon={<TeamOutlined />} title={t`还没有同事归你带`}>
            <Trans>部门里有了同事，谁落下了、落下了什么，会一行一位列在这里。</Trans>
          </EmptyState>
        )}
        {data && data.length > 0 && (
          <>
            <Standing rows={data} />
            <TeamTable rows={data} person={person} />
          </>
        )}
      </div>
    </div>
  );
}

/** Who of the team loses customers to the pool soon: told here, shown there. */
function TeamFalling() {
  const count = useFalling(false).data?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <Link to="/pool" search={{ falling: "team" }} className="today-pool team-falling">
      <ClockCircleOutlined aria-hidden />
      <span>
        <Plural
          value={count}
          one="团队有 # 位客户快被收回公海了"
          other="团队有 # 位客户快被收回公海了"
        />
      </span>
      <RightOutlined aria-hidden />
    </Link>
  );
}

/** How the team stands, in one sentence. */
function Standing({ rows }: { rows: TeamRow[] }) {
  const { behind, overdue, oldest } = totalsOf(rows);
  if (behind === 0) {
    return (
      <p className="team-standing">
        <Trans>没有人落下，都跟上了。</Trans>
      </p>
    );
  }
  const days = oldest ? waited(oldest, today()) : 0;
  return (
    <p className="team-standing is-behind">
      <Plural value={behind} one="# 位同事有超期" other="# 位同事有超期" />
      <Trans>
        ，一共 {countText(overdue)} 件，最久的等了 {days} 天。
      </Trans>
    </p>
  );
}

interface TeamTableProps {
  rows: TeamRow[];
  person: number | undefined;
}

function TeamTable({ rows, person }: TeamTableProps) {
  const { t } = useLingui();
  const totals = totalsOf(rows);
  return (
    <table className="team-table">
      <thead>
        <tr>
          <th scope="col">{t`同事`}</th>
          <th scope="col">{t`超期`}</th>
          <th scope="col" className="is-end">{t`最久`}</th>
          <th scope="col" className="is-end">{t`今天要做`}</th>
          <th scope="col" className="is-end" title={t`在跟进、却没有约下次的客户`}>
            {t`没约下次`}
          </th>
          <th scope="col" className="is-end" title={t`近 30 天里，联系完超过规定时间才记下的`}>
            {t`补记晚了`}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Line key={row.person.id} row={row} rows={rows} isOpen={row.person.id === person} />
        ))}
      </tbody>
      {rows.length > 1 && (
        <tfoot>
          <tr>
            <th scope="row">
              <Plural value={rows.length} one="合计 # 位" other="合计 # 位" />
            </th>
            <td className="number">{countText(totals.overdue)}</td>
            <td />
            <td className="is-end number" data-label={t`今天要做`}>
              {countText(totals.due)}
            </td>
            <td className="is-end number" data-label={t`没约下次`}>
              {countText(totals.unplanned)}
            </td>
            <td className="is-end number" data-label={t`补记晚了`}>
              {countText(totals.late)}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

interface LineProps {
  row: TeamRow;
  rows: TeamRow[];
  isOpen: boolean;
}

function Line({ row, rows, isOpen }: LineProps) {
  const { t } = useLingui();
  const { person, overdue, oldest_overdue_on: oldest } = row;
  return (
    <tr className={isOpen ? "is-open" : ""}>
      <th scope="row">
        {person.name}
        {person.department && <small className="faint">{person.department}</small>}
      </th>
      <td className="team-overdue" data-label={t`超期`}>
        <Tasks row={row} list="overdue" count={overdue} />
        <span className="team-bar" aria-hidden>
          <i style={{ width: `${shareOf(overdue, rows) * 100}%` }} />
        </span>
      </td>
      <td className="is-end" data-label={t`最久`}>
        {oldest && (
          <Link
            to="/"
            search={{ view: "team", person: person.id, list: "overdue" }}
            className="danger"
            title={planText(oldest)}
            aria-label={t`${person.name}最久的等了 ${waited(oldest, today())} 天`}
          >
            <Plural value={waited(oldest, today())} one="# 天" other="# 天" />
          </Link>
        )}
      </td>
      <td className="is-end" data-label={t`今天要做`}>
        <Tasks row={row} list="today" count={row.due} />
      </td>
      <td className="is-end" data-label={t`没约下次`}>
        {row.unplanned > 0 ? (
          <Link
            to="/customers"
            search={{ owner: String(person.id), next: "none", life: "active" }}
            className="number"
            aria-label={t`${person.name}没约下次的 ${row.unplanned} 位客户`}
          >
            {countText(row.unplanned)}
          </Link>
        ) : (
          <Nothing />
        )}
      </td>
      <td className="is-end" data-label={t`补记晚了`}>
        {row.late > 0 && row.late_rate !== null ? (
          <Link
            to="/"
            search={{ view: "team", person: person.id, list: "late" }}
            className={`number team-late ${isOftenLate(row.late_rate) ? "is-often-late" : ""}`}
            aria-label={t`${person.name}补记晚了的 ${row.late} 条`}
          >
            {countText(row.late)}
            <small className="faint">{t`占 ${Math.round(row.late_rate * 100)}%`}</small>
          </Link>
        ) : (
          <Nothing />
        )}
      </td>
    </tr>
  );
}

interface TasksProps {
  row: TeamRow;
  list: "overdue" | "today";
  count: number;
}

/** A number that opens the tasks behind it. */
function Tasks({ row: { person }, list, count }: TasksProps) {
  const { t } = useLingui();
  if (count === 0) return <Nothing />;
  return (
    <Link
      to="/"
      search={{ view: "team", person: person.id, list }}
      className={`number ${list === "overdue" ? "danger" : ""}`}
      aria-label={
        list === "overdue"
          ? t`${person.name}超期的 ${count} 件`
          : t`${person.name}今天要做的 ${count} 件`
      }
    >
      {countText(count)}
    </Link>
  );
}

function Nothing() {
  return <span className="faint number">0</span>;
}
