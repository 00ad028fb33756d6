import { GlobalOutlined, RightOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Today } from "@/api/generated/zhike.schemas";
import { useRights } from "@/api/rights";
import { dayOf, dayText, planText } from "@/lib/days";
import { keyDateText } from "@/rooms/care/keyDates/keyDates";
import { FallsOn } from "@/rooms/care/pool/FallingSoon";
import { DoneButton } from "@/rooms/care/TaskTools";
import { useTaskTitle } from "@/rooms/care/tasks/useTaskTitle";
import { DueDay, KeyStar } from "@/ui/values";

/** Beside the day's work: who slips away, what was promised, which days come up, who is new. */
export function TodayAside({ today }: { today: Today }) {
  return (
    <div className="today-side">
      <FallingPart today={today} />
      <Promises today={today} />
      <KeyDates today={today} />
      <NewCustomers today={today} />
      <PoolPart today={today} />
    </div>
  );
}

interface PartProps {
  id?: string;
  title: string;
  note?: ReactNode;
  children: ReactNode;
}

function Part({ id, title, note, children }: PartProps) {
  return (
    <section className="today-aside" id={id} aria-label={title}>
      <h2>{title}</h2>
      {note && <p className="today-aside-note">{note}</p>}
      {children}
    </section>
  );
}

function FallingPart({ today }: { today: Today }) {
  const { t } = useLingui();
  const { falling } = today.pool;
  if (falling.length === 0) return null;
  return (
    <Part id="falling" title={t`快被收回公海的`} note={<Trans>记一次跟进，就重新算日子。</Trans>}>
      <ul>
        {falling.map((one) => (
          <li key={one.id}>
            <Link to="/" search={{ open: one.id }}>
              {one.name} <KeyStar isKey={one.is_key} />
            </Link>
            <small>
              <FallsOn day={one.falls_on} left={one.days_left} />
            </small>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Promises({ today }: { today: Today }) {
  const { t } = useLingui();
  const titleOf = useTaskTitle();
  const mayLog = useRights().may("log");
  if (today.promises.length === 0) return null;
  return (
    <Part title={t`答应客户的事`}>
      <ul>
        {today.promises.map((task) => (
          <li key={task.id} className="promised">
            {mayLog && <DoneButton task={task} />}
            <span>
              {titleOf(task)}
              {task.customer?.in_sight ? (
                <Link to="/" search={{ open: task.customer.id }}>
                  {task.customer.name}
                </Link>
              ) : (
                task.customer && <span title={t`你看不到这位客户的档案`}>{task.customer.name}</span>
              )}
            </span>
            <small>
              <DueDay day={task.due_on} />
            </small>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function KeyDates({ today }: { today: Today }) {
  const { t } = useLingui();
  const { key_dates: dates } = today;
  return (
    <Part title={t`重要日期`}>
      {dates.length === 0 ? (
        <p className="today-aside-note">
          <Trans>合同到期、生日、合作周年快到时，会提前列在这里。</Trans>
        </p>
      ) : (
        <ul>
          {dates.map((one) => (
            <li key={one.id} className="key-date">
              <span>
                <Link to="/" search={{ open: one.customer.id }}>
                  {one.customer.name}
                </Link>
                <small className="soft">{keyDateText(one)}</small>
              </span>
              <small title={planText(one.on)}>{dayText(one.on)}</small>
            </li>
          ))}
        </ul>
      )}
      <Link to="/" search={{ beside: "dates" }} className="today-aside-more">
        <Trans>看接下来 30 天的</Trans> <RightOutlined aria-hidden />
      </Link>
    </Part>
  );
}

function NewCustomers({ today }: { today: Today }) {
  const { t } = useLingui();
  if (today.new_customers.length === 0) return null;
  return (
    <Part title={t`这周新来的客户`}>
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
    </Part>
  );
}

function PoolPart({ today }: { today: Today }) {
  const { new: fresh } = today.pool;
  if (fresh === 0) return null;
  return (
    <Link to="/pool" className="today-pool">
      <GlobalOutlined aria-hidden />
      <span>
        <Plural value={fresh} one="公海这周新来 # 位" other="公海这周新来 # 位" />
      </span>
      <RightOutlined className="faint" aria-hidden />
    </Link>
  );
}
