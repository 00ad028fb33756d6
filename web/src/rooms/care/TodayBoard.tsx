import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Button, Skeleton } from "antd";
import { type ReactNode, useState } from "react";
import type { TaskOut, Today } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useRights } from "@/api/rights";
import { dayOf, dayText, planText } from "@/lib/days";
import { countText } from "@/lib/money";
import { useToday } from "@/rooms/care/queries";
import { TaskRow } from "@/rooms/care/TaskRow";
import { TodoInput } from "@/rooms/care/TodoInput";
import { WaitingFollowUps } from "@/rooms/care/WaitingFollowUps";
import { PageHead } from "@/ui/PageHead";
import { KeyStar } from "@/ui/values";
import "@/rooms/care/care.css";

interface TodayBoardProps {
  /** Nobody is in the files yet: what to begin with. */
  noCustomers: ReactNode;
  /** Customers there are, but nothing is planned. */
  nothingPlanned: ReactNode;
  /** What else waits, from other rooms. */
  alsoWaiting?: ReactNode;
}

/** 今日: what has to be done, what was left, and what the week will bring. */
export function TodayBoard({ noCustomers, nothingPlanned, alsoWaiting }: TodayBoardProps) {
  const { t } = useLingui();
  const { data: today, error, refetch } = useToday();
  const mayLog = useRights().may("log");
  if (error && !today) {
    return (
      <div className="today-page">
        <PageHead title={t`今日`} />
        <p role="alert" className="today-error">
          {messageOf(error)} <Button size="small" onClick={() => refetch()}>{t`再试一次`}</Button>
        </p>
      </div>
    );
  }
  if (!today) return <Loading />;
  const { counts } = today;
  const isIdle = counts.overdue + counts.due + counts.coming === 0;
  return (
    <div className="today-page">
      <PageHead title={t`今日`} note={<DayNote today={today} />} />
      <div className="today-body">
        <div className="today-main">
          <Numbers today={today} />
          {alsoWaiting}
          <WaitingFollowUps />
          {counts.customers === 0 && isIdle ? (
            noCustomers
          ) : (
            <>
              <Section id="overdue" title={t`超期`} tasks={today.overdue} count={counts.overdue} />
              <Section
                id="due"
                title={t`今天`}
                tasks={today.due}
                count={counts.due}
                empty={
                  counts.overdue > 0 ? (
                    <Trans>今天的都做完了，顺手清一清超期的。</Trans>
                  ) : (
                    <Trans>今天没有要做的了，歇口气。</Trans>
                  )
                }
              >
                {mayLog && <TodoInput />}
              </Section>
              {isIdle ? (
                nothingPlanned
              ) : (
                <Section
                  id="coming"
                  title={t`未来七天`}
                  tasks={today.coming}
                  count={counts.coming}
                  empty={<Trans>接下来七天还空着。</Trans>}
                />
              )}
            </>
          )}
        </div>
        {today.new_customers.length > 0 && <NewCustomers today={today} />}
      </div>
    </div>
  );
}

function DayNote({ today }: { today: Today }) {
  const { t } = useLingui();
  const isUnpublished = today.day_label?.includes("未公布") ?? false;
  const special = isUnpublished ? null : today.day_label;
  const work = special ?? (today.is_workday ? t`工作日` : t`休息日`);
  return (
    <span>
      {planText(today.date)} · {work}
    </span>
  );
}

function Numbers({ today }: { today: Today }) {
  const { t } = useLingui();
  const { counts } = today;
  const numbers = [
    { key: "overdue", label: t`超期`, value: counts.overdue, to: "#overdue" },
    { key: "due", label: t`今天要做`, value: counts.due, to: "#due" },
    { key: "coming", label: t`未来七天`, value: counts.coming, to: "#coming" },
    { key: "done", label: t`今天已完成`, value: counts.done_today },
    { key: "week", label: t`本周跟进`, value: counts.follow_ups_week },
    { key: "customers", label: t`我的客户`, value: counts.customers },
  ];
  return (
    <dl className="today-numbers">
      {numbers.map(({ key, label, value, to }) => (
        <div key={key} className={key === "overdue" && value > 0 ? "is-late" : ""}>
          <dt>{to ? <a href={to}>{label}</a> : label}</dt>
          <dd className="number">{countText(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

interface SectionProps {
  id: string;
  title: string;
  tasks: TaskOut[];
  count: number;
  /** What stands where nothing is to do; without it the whole section goes. */
  empty?: ReactNode;
  children?: ReactNode;
}

function Section({ id, title, tasks, count, empty, children }: SectionProps) {
  const [logging, setLogging] = useState<number | null>(null);
  if (tasks.length === 0 && !empty) return null;
  return (
    <section className={`today-section is-${id}`} id={id} aria-label={title}>
      <h2>
        {title} <span className="faint number">{count > 0 && count}</span>
      </h2>
      {tasks.length === 0 ? (
        <p className="today-none">{empty}</p>
      ) : (
        <ul>
          {tasks.map((task) => (
            <TaskRow
              key={task.id}
              task={task}
              isLogging={logging === task.id}
              onLog={(isLogging) => setLogging(isLogging ? task.id : null)}
            />
          ))}
        </ul>
      )}
      {count > tasks.length && tasks.length > 0 && (
        <p className="today-none">
          <Trans>还有 {count - tasks.length} 件，做完上面的会接着出来。</Trans>
        </p>
      )}
      {children}
    </section>
  );
}

function NewCustomers({ today }: { today: Today }) {
  const { t } = useLingui();
  return (
    <aside className="today-aside" aria-label={t`新客户`}>
      <h2>{t`这周新来的客户`}</h2>
      <ul>
        {today.new_customers.map((one) => (
          <li key={one.id}>
            <Link to="/" search={{ open: one.id }}>
              {one.name} <KeyStar isKey={one.is_key} />
            </Link>
            <small className="faint">{dayText(dayOf(one.created_at))}</small>
          </li>
        ))}
      </ul>
    </aside>
  );
}

function Loading() {
  const { t } = useLingui();
  return (
    <div className="today-page" aria-busy>
      <PageHead title={t`今日`} />
      <div className="today-body">
        <div className="today-main">
          <Skeleton active title={false} paragraph={{ rows: 2 }} />
          <Skeleton active paragraph={{ rows: 6 }} />
        </div>
      </div>
    </div>
  );
}
