import { GiftOutlined, SmileOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Skeleton } from "antd";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { type Day, dueText, isOverdue, planText, today } from "@/lib/days";
import { NextDays } from "@/rooms/care/cadence/NextDays";
import { WhyMark } from "@/rooms/care/cadence/WhyMark";
import { KeyDatesCard } from "@/rooms/care/keyDates/KeyDatesCard";
import type { CustomerRef } from "@/rooms/care/logging";
import { useRuns } from "@/rooms/care/playbooks/queries";
import { Runs } from "@/rooms/care/playbooks/Runs";
import { stepTasks } from "@/rooms/care/playbooks/steps";
import { useTasksOf } from "@/rooms/care/queries";
import { DoneButton, PutOffButton } from "@/rooms/care/TaskTools";
import { TodoInput } from "@/rooms/care/TodoInput";
import { RepeatMark } from "@/rooms/care/tasks/RepeatMark";
import { TaskTitle } from "@/rooms/care/tasks/TaskTitle";
import { DueDay } from "@/ui/values";
import "@/rooms/care/care.css";

interface NextStepsProps {
  customer: CustomerRef;
  /** May the person note and plan things with this customer? */
  mayLog: boolean;
  /** The day of the next follow-up, also where the plan itself is a colleague's. */
  nextOn: Day | null;
  onCare: () => void;
  onFeedback: () => void;
}

/** What is next with a customer: the planned follow-up, what is still to do, what else to note. */
export function NextSteps({ customer, mayLog, nextOn, ...on }: NextStepsProps) {
  const { t } = useLingui();
  const { data, error } = useTasksOf(customer.id);
  const runs = useRuns(customer.id).data?.items;
  if (error) return <p className="danger">{messageOf(error)}</p>;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 4 }} />;
  const plan = data.items.find((task) => task.kind === "follow_up");
  const inPlans = stepTasks(runs ?? []);
  const others = data.items.filter((task) => task !== plan && !inPlans.has(task.id));
  return (
    <div className="next-steps">
      <section aria-label={t`下次跟进`}>
        <h2>
          <Trans>下次跟进</Trans>
        </h2>
        {plan ? (
          <PlanCard task={plan} mayLog={mayLog} />
        ) : nextOn ? (
          <ElsewhereCard day={nextOn} />
        ) : mayLog ? (
          <NoPlan customer={customer} />
        ) : (
          <p className="soft">
            <Trans>还没定。</Trans>
          </p>
        )}
      </section>
      <section aria-label={t`待办`}>
        <h2>
          <Trans>待办</Trans>
          {others.length > 0 && <span className="faint number"> {others.length}</span>}
        </h2>
        {others.length > 0 && (
          <ul className="todo-list">
            {others.map((task) => (
              <TodoLine key={task.id} task={task} mayLog={mayLog} />
            ))}
          </ul>
        )}
        {mayLog && <TodoInput customer={customer.id} ahead={1} />}
        {!mayLog && others.length === 0 && (
          <p className="soft">
            <Trans>没有待办。</Trans>
          </p>
        )}
      </section>
      <KeyDatesCard customer={customer.id} />
      <Runs customer={customer} runs={runs ?? []} tasks={data.items} mayLog={mayLog} />
      {mayLog && (
        <section aria-label={t`还可以记`}>
          <h2>
            <Trans>还可以记</Trans>
          </h2>
          <div className="next-buttons">
            <Button icon={<GiftOutlined />} onClick={on.onCare}>
              <Trans>记维护</Trans>
            </Button>
            <Button icon={<SmileOutlined />} onClick={on.onFeedback}>
              <Trans>记反馈</Trans>
            </Button>
          </div>
        </section>
      )}
    </div>
  );
}

interface TaskProps {
  task: TaskOut;
  mayLog: boolean;
}

function PlanCard({ task, mayLog }: TaskProps) {
  const isLate = isOverdue(task.due_on);
  const state = isLate ? "is-late" : task.due_on === today() ? "is-today" : "";
  return (
    <div className={`plan-card ${state}`}>
      <div className="plan-when">
        <strong>
          {planText(task.due_on)}
          {task.due_time && <span className="number"> {task.due_time.slice(0, 5)}</span>}
        </strong>
        <span>{dueText(task.due_on)}</span>
      </div>
      {task.title && <p>{task.title}</p>}
      {task.materials && (
        <p className="soft">
          <Trans>带上：{task.materials}</Trans>
        </p>
      )}
      <RepeatMark task={task} />
      {task.why && (
        <p className="why-day">
          <Trans>为什么是这天：{task.why}</Trans>
        </p>
      )}
      <Others task={task} />
      {mayLog && (
        <div className="plan-tools">
          <DoneButton task={task} />
          <span className="soft">
            <Trans>完成</Trans>
          </span>
          <PutOffButton task={task} />
        </div>
      )}
    </div>
  );
}

/** A colleague has planned it: the day is for everybody, the plan is theirs. */
function ElsewhereCard({ day }: { day: Day }) {
  return (
    <div className="plan-card">
      <div className="plan-when">
        <strong>{planText(day)}</strong>
        <span>{dueText(day)}</span>
      </div>
      <p className="soft">
        <Trans>由同事安排</Trans>
      </p>
    </div>
  );
}

/** Whose task it is, where it is not the reader's own. */
function Others({ task }: { task: TaskOut }) {
  const me = useMe();
  if (!task.assignee || task.assignee.id === me.id) return null;
  return (
    <p className="faint">
      <Trans>由{task.assignee.name}负责</Trans>
    </p>
  );
}

function NoPlan({ customer }: { customer: CustomerRef }) {
  return (
    <div className="plan-card is-empty">
      <p className="soft">
        <Trans>还没定下次什么时候联系，定一个：</Trans>
      </p>
      <NextDays customer={customer} />
    </div>
  );
}

function TodoLine({ task, mayLog }: TaskProps) {
  return (
    <li className="todo-line">
      {mayLog && <DoneButton task={task} />}
      <span className="todo-what">
        <TaskTitle task={task} mayLog={mayLog} />
        <small>
          <DueDay day={task.due_on} />
          {task.due_time && <span className="number"> {task.due_time.slice(0, 5)}</span>}{" "}
          <RepeatMark task={task} />
          <WhyMark why={task.why} />
        </small>
        <Others task={task} />
      </span>
      {mayLog && <PutOffButton task={task} isBare />}
    </li>
  );
}
