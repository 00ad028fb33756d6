import { useLingui } from "@lingui/react/macro";
import type { TaskOut } from "@/api/generated/zhike.schemas";

/** What a task is called: what was written, or what it is. */
export function useTaskTitle(): (task: TaskOut) => string {
  const { t } = useLingui();
  return (task) => task.title || (task.kind === "follow_up" ? t`跟进` : t`待办`);
}
