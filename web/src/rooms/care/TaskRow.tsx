import { EditOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { revealOfContact } from "@/api/generated/customers";
import type { TaskCustomer, TaskOut } from "@/api/generated/zhike.schemas";
import { ApiProblem } from "@/api/problem";
import { useRights } from "@/api/rights";
import { WhyMark } from "@/rooms/care/cadence/WhyMark";
import { PrepareButton } from "@/rooms/care/preparing/PrepareButton";
import { QuickLine } from "@/rooms/care/quickLine/QuickLine";
import { DoneButton, PutOffButton } from "@/rooms/care/TaskTools";
import { RepeatMark } from "@/rooms/care/tasks/RepeatMark";
import { TaskTitle } from "@/rooms/care/tasks/TaskTitle";
import { useTaskTitle } from "@/rooms/care/tasks/useTaskTitle";
import { MaskedValue, type Reveal } from "@/ui/MaskedValue";
import { DueDay, KeyStar } from "@/ui/values";

interface TaskRowProps {
  task: TaskOut;
  /** The line for the follow-up stands open beneath. */
  isLogging: boolean;
  onLog: (isLogging: boolean) => void;
  /** It was promised to the customer. */
  isPromised?: boolean;
  /** It was ticked off. */
  onDone?: () => void;
}

/** One thing to do today, with all that is needed to do it: whom to call, and where to note it. */
export function TaskRow({ task, isLogging, onLog, isPromised, onDone }: TaskRowProps) {
  const { t } = useLingui();
  const title = useTaskTitle()(task);
  const mayLog = useRights().may("log");
  const { customer } = task;
  /** Nothing can be opened or noted of one whose file is out of sight. */
  const seen = customer?.in_sight ? customer : null;
  return (
    <li className={`task-row ${isLogging ? "is-logging" : ""}`}>
      {mayLog ? <DoneButton task={task} {...(onDone && { onDone })} /> : <span aria-hidden />}
      <div className="task-what">
        {seen ? (
          <Link to="/" search={{ open: seen.id }} className="task-name">
            {seen.name} <KeyStar isKey={seen.is_key} />
          </Link>
        ) : customer ? (
          <span className="task-name" title={t`你看不到这位客户的档案`}>
            {customer.name}
          </span>
        ) : (
          <TaskTitle task={task} mayLog={mayLog} className="task-name" />
        )}
        {customer && (task.title || task.kind === "todo") && (
          <span>
            {title}
            {isPromised && (
              <span className="task-promised">
                <Trans>答应过客户</Trans>
              </span>
            )}
          </span>
        )}
        {task.materials && (
          <span className="faint">
            <Trans>带上：{task.materials}</Trans>
          </span>
        )}
        <RepeatMark task={task} />
      </div>
      <div className="task-who">{customer && <Who customer={customer} />}</div>
      <span className="task-due">
        <DueDay day={task.due_on} />
        {task.due_time && <span className="number"> {task.due_time.slice(0, 5)}</span>}
        <WhyMark why={task.why} />
      </span>
      <span className="task-tools">
        {seen && mayLog && (
          <Button
            size="small"
            className={isLogging ? "" : "log-button"}
            icon={<EditOutlined />}
            aria-expanded={isLogging}
            onClick={() => onLog(!isLogging)}
          >
            {isLogging ? <Trans>收起</Trans> : <Trans>记跟进</Trans>}
          </Button>
        )}
        {seen && <PrepareButton customer={seen} isSmall />}
        {mayLog && <PutOffButton task={task} />}
      </span>
      {isLogging && seen && (
        <div className="task-log">
          <QuickLine
            isAsked
            customer={{ id: seen.id, name: seen.name }}
            onSaved={() => onLog(false)}
            onLeave={() => onLog(false)}
          />
        </div>
      )}
    </li>
  );
}

function Who({ customer }: { customer: TaskCustomer }) {
  const rights = useRights();
  const cache = useQueryClient();
  const { contact_id: contact } = customer;
  const mayReveal = contact && rights.may("reveal") && rights.reaches("phone", "read");
  const reveal: Reveal = async (reason) => {
    const value = await phoneOf(contact ?? 0, reason);
    void cache.invalidateQueries({ queryKey: ["timeline", customer.id], refetchType: "none" });
    return value;
  };
  return (
    <>
      <span className="task-contact">{customer.contact_name}</span>
      {customer.phone && (
        <MaskedValue
          masked={customer.phone}
          label={customer.contact_name || customer.name}
          isPhone
          {...(mayReveal && { reveal })}
        />
      )}
    </>
  );
}

/** The number shown is the mobile one, or the landline where there is none. */
async function phoneOf(contact: number, reason: string): Promise<string> {
  const why = reason ? { reason } : {};
  try {
    return (await revealOfContact(contact, { field: "mobile", ...why })).value;
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 404)) throw error;
    return (await revealOfContact(contact, { field: "landline", ...why })).value;
  }
}
