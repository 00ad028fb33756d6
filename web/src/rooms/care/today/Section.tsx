import { Trans } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { TaskRow } from "@/rooms/care/TaskRow";
import { NextAfterDone } from "@/rooms/care/today/NextAfterDone";

interface SectionProps {
  id: string;
  title: string;
  tasks: TaskOut[];
  count: number;
  /** Those of them that were promised to a customer. */
  promised: ReadonlySet<number>;
  /** What stands where nothing is to do; without it the whole section goes. */
  empty?: ReactNode;
  children?: ReactNode;
}

/** One part of the day. What was just finished asks for the next date right there. */
export function Section(props: SectionProps) {
  const { id, title, tasks, count, promised, empty, children } = props;
  const [logging, setLogging] = useState<number | null>(null);
  const [finished, setFinished] = useState<TaskOut | null>(null);
  // Taken back by 撤销: it stands in the list again.
  const isAsking = finished && !tasks.some((task) => task.id === finished.id);
  if (tasks.length === 0 && !empty && !isAsking) return null;
  return (
    <section className={`today-section is-${id}`} id={id} aria-label={title}>
      <h2>
        {title} <span className="faint number">{count > 0 && count}</span>
      </h2>
      {isAsking && (
        <NextAfterDone key={finished.id} task={finished} onClose={() => setFinished(null)} />
      )}
      {tasks.length === 0 ? (
        empty && <p className="today-none">{empty}</p>
      ) : (
        <ul>
          {tasks.map((task) => (
            <TaskRow
              key={task.id}
              task={task}
              isPromised={promised.has(task.id)}
              isLogging={logging === task.id}
              onLog={(isLogging) => setLogging(isLogging ? task.id : null)}
              onDone={() =>
                setFinished(task.kind === "follow_up" && task.customer?.in_sight ? task : null)
              }
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
