import { SyncOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { repeatText } from "@/rooms/care/tasks/repeating";
import "@/rooms/care/tasks/tasks.css";

/** Says of a task that it comes round again, and how often. */
export function RepeatMark({ task }: { task: TaskOut }) {
  const { t } = useLingui();
  const told = repeatText(task);
  if (!told) return null;
  return (
    <span className="repeat-mark" title={t`重复：${told}`}>
      <SyncOutlined aria-hidden /> {told}
    </span>
  );
}
