import { CheckOutlined, ClockCircleOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { App, Button, Dropdown, Popover } from "antd";
import { useState } from "react";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { type Day, dayText, planText } from "@/lib/days";
import { useTaskActions } from "@/rooms/care/queries";
import { useQuickDays } from "@/rooms/care/useQuickDays";
import { DayInput } from "@/ui/DayInput";
import { useUndo } from "@/ui/undo";

/** What a task is called: what was written, or what it is. */
export function useTaskTitle(): (task: TaskOut) => string {
  const { t } = useLingui();
  return (task) => task.title || (task.kind === "follow_up" ? t`跟进` : t`待办`);
}

/** The ring at the left of a task: one click and it is done, with a way back. */
export function DoneButton({ task }: { task: TaskOut }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { complete, reopen } = useTaskActions();
  const offerUndo = useUndo();
  const title = useTaskTitle()(task);
  const finish = async () => {
    try {
      await complete(task);
      offerUndo(t`完成了：${title}`, () => reopen(task));
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  return (
    <button type="button" className="done-ring" aria-label={t`完成：${title}`} onClick={finish}>
      <CheckOutlined />
    </button>
  );
}

/** Puts a task off by a click or two; the day before stays one click away. */
export function PutOffButton({ task, isBare = false }: { task: TaskOut; isBare?: boolean }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { putOff } = useTaskActions();
  const offerUndo = useUndo();
  const [isPicking, setPicking] = useState(false);
  const days = useQuickDays();
  const move = async (day: Day) => {
    setPicking(false);
    if (day === task.due_on) return;
    try {
      const moved = await putOff(task, day);
      offerUndo(t`改到${dayText(day)}了`, async () => {
        await putOff(moved, task.due_on);
      });
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  const items = days.map(({ label, day }) => ({
    key: day,
    label: (
      <span className="put-off-line">
        {label}
        <span className="faint">{planText(day)}</span>
      </span>
    ),
  }));
  return (
    <Popover
      open={isPicking}
      onOpenChange={(open) => !open && setPicking(false)}
      trigger="click"
      destroyOnHidden
      content={
        <DayInput
          aria-label={t`改到哪天`}
          autoFocus
          open
          value={task.due_on}
          onChange={(day) => day && void move(day)}
        />
      }
    >
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [...items, { type: "divider" }, { key: "other", label: t`选日期…` }],
          onClick: ({ key }) => (key === "other" ? setPicking(true) : void move(key)),
        }}
      >
        <Button
          type="text"
          size="small"
          icon={<ClockCircleOutlined />}
          aria-label={t`推迟`}
          title={t`推迟`}
        >
          {!isBare && t`推迟`}
        </Button>
      </Dropdown>
    </Popover>
  );
}
