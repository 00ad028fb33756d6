import { CheckOutlined, ClockCircleOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { App, Button, Dropdown, Popover } from "antd";
import { useState } from "react";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { type Day, dayText, planText } from "@/lib/days";
import { useTaskActions } from "@/rooms/care/queries";
import { SnoozePick } from "@/rooms/care/tasks/SnoozePick";
import { minutesFrom, untilOf } from "@/rooms/care/tasks/snoozing";
import { useRemoval } from "@/rooms/care/tasks/useRemoval";
import { useTaskDrawer } from "@/rooms/care/tasks/useTaskDrawer";
import { useTaskTitle } from "@/rooms/care/tasks/useTaskTitle";
import { useQuickDays } from "@/rooms/care/useQuickDays";
import { useUndo } from "@/ui/undo";
import "@/rooms/care/tasks/tasks.css";

/** The ring at the left of a task: one click and it is done, with a way back. */
export function DoneButton({ task, onDone }: { task: TaskOut; onDone?: () => void }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { complete, reopen } = useTaskActions();
  const offerUndo = useUndo();
  const title = useTaskTitle()(task);
  const finish = async () => {
    try {
      await complete(task);
      onDone?.();
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

const AN_HOUR = 60;

/** Puts a task off by a click or two; when it was before stays one click away. What else there is
 * to a task is reached from here, too. */
export function PutOffButton({ task, isBare = false }: { task: TaskOut; isBare?: boolean }) {
  const { t } = useLingui();
  const [isPicking, setPicking] = useState(false);
  // The page may stand open for hours: an hour from now counts from when one asks.
  const [asked, setAsked] = useState(() => new Date());
  const { move, skip } = usePuttingOff(task);
  const { open: edit, drawer } = useTaskDrawer(task);
  const remove = useRemoval(task);
  const lines = useOffers(task, asked);
  const line = (label: string, when: string) => (
    <span className="put-off-line">
      {label}
      <span className="faint">{when}</span>
    </span>
  );
  const choose = (key: string) => {
    const offer = lines.find((one) => one.key === key);
    if (offer) void move(offer);
    else if (key === "other") setPicking(true);
    else if (key === "skip") void skip();
    else if (key === "remove") void remove();
    else edit();
  };
  return (
    <>
      <Popover
        open={isPicking}
        onOpenChange={(open) => !open && setPicking(false)}
        trigger="click"
        destroyOnHidden
        content={
          <SnoozePick
            task={task}
            onPick={(day, time) => {
              setPicking(false);
              void move({ day, time: time || null, until: time ? untilOf({ day, time }) : null });
            }}
          />
        }
      >
        <Dropdown
          trigger={["click"]}
          onOpenChange={(open) => open && setAsked(new Date())}
          menu={{
            items: [
              ...lines.map(({ key, label, when }) => ({ key, label: line(label, when) })),
              { key: "other", label: t`选时间…` },
              { type: "divider" },
              ...(task.repeat ? [{ key: "skip", label: t`跳过这一次` }] : []),
              { key: "edit", label: t`修改、提醒、重复…` },
              { key: "remove", label: t`删除`, danger: true },
            ],
            onClick: ({ key }) => choose(key),
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
      {drawer}
    </>
  );
}

/** A moment to put a task off to; `until` where the server has a word for it. */
interface Later {
  day: Day;
  time: string | null;
  until: string | null;
}

/** One click each: in an hour, tomorrow, next week … A task with a time keeps it. */
function useOffers(
  task: TaskOut,
  now: Date,
): (Later & { key: string; label: string; when: string })[] {
  const { t } = useLingui();
  const days = useQuickDays();
  const hour = minutesFrom(now, AN_HOUR);
  const time = task.due_time;
  const clock = time?.slice(0, 5) ?? "";
  return [
    {
      key: "hour",
      label: t`1小时后`,
      when: hour.time,
      day: hour.day,
      time: hour.time,
      until: untilOf(hour),
    },
    ...days.map(({ name, label, day }) => ({
      key: name,
      label: name === "tomorrow" && !time ? t`明天上午` : label,
      when: clock ? `${planText(day)} ${clock}` : planText(day),
      day,
      time,
      until: { tomorrow: "tomorrow", monday: "next_week" }[name as string] ?? null,
    })),
  ];
}

/** Does it, tells so, and offers the way back. */
function usePuttingOff(task: TaskOut) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { putOff, snooze, skip, reopen } = useTaskActions();
  const offerUndo = useUndo();
  const title = useTaskTitle()(task);
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  const move = ({ day, time, until }: Later) =>
    attempt(async () => {
      if (day === task.due_on && time === task.due_time) return;
      const moved = until ? await snooze(task, until, day, time) : await putOff(task, day, time);
      if (!moved) return;
      const clock = moved.due_time ? ` ${moved.due_time.slice(0, 5)}` : "";
      offerUndo(t`改到${dayText(moved.due_on) + clock}了`, async () => {
        await putOff(moved, task.due_on, task.due_time);
      });
    });
  return {
    move,
    skip: () =>
      attempt(async () => {
        const skipped = await skip(task);
        offerUndo(t`这次跳过了：${title}`, () => reopen(skipped));
      }),
  };
}
