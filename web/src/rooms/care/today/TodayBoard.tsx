import { ClockCircleOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import type { Today } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useRights } from "@/api/rights";
import { planText } from "@/lib/days";
import { useToday } from "@/rooms/care/queries";
import { TodoInput } from "@/rooms/care/TodoInput";
import { Numbers } from "@/rooms/care/today/Numbers";
import { Section } from "@/rooms/care/today/Section";
import { TodayAside } from "@/rooms/care/today/TodayAside";
import { WaitingFollowUps } from "@/rooms/care/WaitingFollowUps";
import { PageHead } from "@/ui/PageHead";
import "@/rooms/care/care.css";
import "@/rooms/care/today/today.css";

interface TodayBoardProps {
  /** Nobody is in the files yet: what to begin with. */
  noCustomers: ReactNode;
  /** Customers there are, but nothing is planned. */
  nothingPlanned: ReactNode;
  /** What else waits, from other rooms. */
  alsoWaiting?: ReactNode;
  /** Stands at the top, for those who lead: mine or the team's. */
  views?: ReactNode;
}

/** 今日: what has to be done, what was left, and what the week will bring. */
export function TodayBoard(props: TodayBoardProps) {
  const { noCustomers, nothingPlanned, alsoWaiting, views } = props;
  const { t } = useLingui();
  const { data: today, error, refetch } = useToday();
  const mayLog = useRights().may("log");
  if (error && !today) {
    return (
      <div className="today-page">
        <PageHead title={t`今日`} actions={views} />
        <p role="alert" className="today-error">
          {messageOf(error)} <Button size="small" onClick={() => refetch()}>{t`再试一次`}</Button>
        </p>
      </div>
    );
  }
  if (!today) return <Loading views={views} />;
  const { counts } = today;
  const isIdle = counts.overdue + counts.due + counts.coming === 0;
  const hasCustomers = counts.customers > 0;
  const promised = new Set(today.promises.map((task) => task.id));
  return (
    <div className="today-page">
      <PageHead title={t`今日`} note={<DayNote today={today} />} actions={views} />
      <div className="today-body">
        <div className="today-main">
          <Numbers today={today} />
          {alsoWaiting}
          <FallingHint count={today.pool.falling.length} />
          <WaitingFollowUps />
          {!hasCustomers && isIdle ? (
            noCustomers
          ) : (
            <>
              <Section
                id="overdue"
                title={t`超期`}
                tasks={today.overdue}
                count={counts.overdue}
                promised={promised}
              />
              <Section
                id="due"
                title={t`今天`}
                tasks={today.due}
                count={counts.due}
                promised={promised}
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
                  promised={promised}
                  empty={<Trans>接下来七天还空着。</Trans>}
                />
              )}
            </>
          )}
        </div>
        {hasCustomers && <TodayAside today={today} />}
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

/** On the phone the side of the page stands far below: what cannot wait is told above. */
function FallingHint({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <a href="#falling" className="today-hint">
      <ClockCircleOutlined aria-hidden />
      <Plural value={count} one="有 # 位客户快被收回公海了" other="有 # 位客户快被收回公海了" />
    </a>
  );
}

function Loading({ views }: { views: ReactNode }) {
  const { t } = useLingui();
  return (
    <div className="today-page" aria-busy>
      <PageHead title={t`今日`} actions={views} />
      <div className="today-body">
        <div className="today-main">
          <Skeleton active title={false} paragraph={{ rows: 2 }} />
          <Skeleton active paragraph={{ rows: 6 }} />
        </div>
      </div>
    </div>
  );
}
