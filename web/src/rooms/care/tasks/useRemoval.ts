import { useLingui } from "@lingui/react/macro";
import { App } from "antd";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useTaskActions } from "@/rooms/care/queries";
import { useTaskTitle } from "@/rooms/care/tasks/useTaskTitle";
import { useUndo } from "@/ui/undo";

/** Deletes what was entered by mistake, with a way back; of a series it asks before. */
export function useRemoval(task: TaskOut, onRemoved?: () => void): () => Promise<void> {
  const { t } = useLingui();
  const { message, modal } = App.useApp();
  const { remove, restore } = useTaskActions();
  const offerUndo = useUndo();
  const title = useTaskTitle()(task);
  return async () => {
    const isMeant =
      !task.repeat ||
      (await modal.confirm({
        title: t`删除“${title}”？`,
        content: t`这件事会重复，删除以后就不再有下一次。只是这次不做，在“推迟”里选“跳过这一次”。`,
        okText: t`删除`,
        okButtonProps: { danger: true },
        cancelText: t`不删`,
      }));
    if (!isMeant) return;
    try {
      await remove(task);
      onRemoved?.();
      offerUndo(t`删除了：${title}`, () => restore(task));
    } catch (error) {
      message.error(messageOf(error));
    }
  };
}
