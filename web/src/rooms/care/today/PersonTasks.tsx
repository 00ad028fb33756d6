import { CheckCircleOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { tasks } from "@/api/generated/care";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { usePeople } from "@/api/queries";
import { useTaskTitle } from "@/rooms/care/tasks/useTaskTitle";
import { EmptyState } from "@/ui/EmptyState";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import { Trouble } from "@/ui/Trouble";
import { DueDay, KeyStar } from "@/ui/values";
import { wayIcon } from "@/ui/wayIcons";

interface PersonTasksProps {
  person: number;
  list: "overdue" | "today";
}

/** What a colleague has left undone, or has to do today. */
export function PersonTasks({ person, list }: PersonTasksProps) {
  const { t } = useLingui();
  const { data: people } = usePeople();
  const name = people?.items.find((one) => one.id === person)?.label ?? "";
  const found = useInfiniteQuery({
    queryKey: ["today", "of", person, list],
    queryFn: ({ pageParam, signal }) =>
      tasks({ scope: list, assignee: person, ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="person-tasks">
      <h2>{list === "overdue" ? t`${name}超期的` : t`${name}今天要做的`}</h2>
      {found.isPending && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
      {found.error && items.length === 0 && (
        <Trouble error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.isSuccess && items.length === 0 && (
        <EmptyState icon={<CheckCircleOutlined />} title={t`都做完了`}>
          <Trans>刚刚还有的，这会儿已经处理好了。</Trans>
        </EmptyState>
      )}
      <ul>
        {items.map((task) => (
          <TaskLine key={task.id} task={task} />
        ))}
      </ul>
      {found.hasNextPage && (
        <MoreWhenSeen
          isLoading={found.isFetchingNextPage}
          onSeen={() => {
            if (!found.isFetchingNextPage) void found.fetchNextPage();
          }}
        />
      )}
    </div>
  );
}

function TaskLine({ task }: { task: TaskOut }) {
  const { t } = useLingui();
  const title = useTaskTitle()(task);
  const { customer } = task;
  return (
    <li>
      <span className="step-icon" aria-hidden>
        {task.way && wayIcon(task.way)}
      </span>
      <span className="person-task">
        {customer?.in_sight ? (
          <Link to="/customers/$id" params={{ id: String(customer.id) }}>
            {customer.name} <KeyStar isKey={customer.is_key} />
          </Link>
        ) : customer ? (
          <span title={t`你看不到这位客户的档案`}>{customer.name}</span>
        ) : (
          title
        )}
        {customer && <small className="soft">{title}</small>}
      </span>
      <DueDay day={task.due_on} />
    </li>
  );
}
