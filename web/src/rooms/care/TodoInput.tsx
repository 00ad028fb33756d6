import { EllipsisOutlined, PlusOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { App, Button, Input } from "antd";
import { type KeyboardEvent, lazy, Suspense, useState } from "react";
import { messageOf } from "@/api/problem";
import { addDays, type Day, today } from "@/lib/days";
import { useTaskActions } from "@/rooms/care/queries";
import { DayInput } from "@/ui/DayInput";
import "@/rooms/care/tasks/tasks.css";

const TaskDrawer = lazy(() =>
  import("@/rooms/care/tasks/TaskDrawer").then((m) => ({ default: m.TaskDrawer })),
);

/** One line to note something to do; Enter adds it and the next can follow at once. */
export function TodoInput({ customer, ahead = 0 }: { customer?: number; ahead?: number }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { add } = useTaskActions();
  const [title, setTitle] = useState("");
  const [chosen, setChosen] = useState<Day | null>(null);
  // The page may stand open over night: what was not chosen counts from the day one writes.
  const day = chosen ?? addDays(today(), ahead);
  const [isBusy, setBusy] = useState(false);
  // Each opening is a form of its own.
  const [opened, setOpened] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const save = async () => {
    if (title.trim() === "" || isBusy) return;
    setBusy(true);
    try {
      await add({ title: title.trim(), due_on: day, customer_id: customer ?? null });
      setTitle("");
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) void save();
  };
  return (
    <div className={`todo-input ${title ? "is-open" : ""}`}>
      <Input
        aria-label={t`加一件待办`}
        placeholder={t`加一件待办，回车保存`}
        prefix={<PlusOutlined className="faint" />}
        autoComplete="off"
        enterKeyHint="done"
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {title && (
        <span className="pick-day">
          <DayInput
            aria-label={t`哪天之前`}
            value={day}
            onChange={(next) => next && setChosen(next)}
            onKeyDown={onKeyDown}
          />
        </span>
      )}
      {title && (
        <Button
          className="todo-more"
          icon={<EllipsisOutlined />}
          aria-label={t`几点、提醒、重复、交给谁`}
          title={t`几点、提醒、重复、交给谁`}
          onClick={() => {
            setOpened(opened + 1);
            setOpen(true);
          }}
        />
      )}
      {opened > 0 && (
        <Suspense fallback={null}>
          <TaskDrawer
            key={opened}
            open={isOpen}
            of={{ title: title.trim(), due_on: day, customer: customer ?? null }}
            onClose={() => setOpen(false)}
            onSaved={() => setTitle("")}
          />
        </Suspense>
      )}
    </div>
  );
}
