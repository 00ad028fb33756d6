import type { TaskOut } from "@/api/generated/zhike.schemas";
import { useTaskDrawer } from "@/rooms/care/tasks/useTaskDrawer";
import { useTaskTitle } from "@/rooms/care/tasks/useTaskTitle";
import "@/rooms/care/tasks/tasks.css";

interface TaskTitleProps {
  task: TaskOut;
  mayLog: boolean;
  className?: string;
}

/** What a task is called; a click opens all of it, for who may change it. */
export function TaskTitle({ task, mayLog, className = "" }: TaskTitleProps) {
  const title = useTaskTitle()(task);
  const { open, drawer } = useTaskDrawer(task);
  if (!mayLog) return <span className={className}>{title}</span>;
  return (
    <>
      <button type="button" className={`task-title ${className}`} onClick={open}>
        {title}
      </button>
      {drawer}
    </>
  );
}
