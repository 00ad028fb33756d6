import { lazy, type ReactNode, Suspense, useState } from "react";
import type { TaskOut } from "@/api/generated/zhike.schemas";

const TaskDrawer = lazy(() =>
  import("@/rooms/care/tasks/TaskDrawer").then((m) => ({ default: m.TaskDrawer })),
);

/** Opens all of a task; `drawer` has to stand somewhere on the page. */
export function useTaskDrawer(task: TaskOut): { open: () => void; drawer: ReactNode } {
  const [isOpen, setOpen] = useState(false);
  // Each opening is a form of its own.
  const [opened, setOpened] = useState(0);
  return {
    open: () => {
      setOpened(opened + 1);
      setOpen(true);
    },
    drawer: opened > 0 && (
      <Suspense fallback={null}>
        <TaskDrawer key={opened} open={isOpen} of={task} onClose={() => setOpen(false)} />
      </Suspense>
    ),
  };
}
