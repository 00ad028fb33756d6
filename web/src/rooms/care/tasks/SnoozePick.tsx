import { useLingui } from "@lingui/react/macro";
import { Button, Input } from "antd";
import { useState } from "react";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { type Day, today } from "@/lib/days";
import { isOver } from "@/rooms/care/tasks/snoozing";
import { DayInput } from "@/ui/DayInput";

interface SnoozePickProps {
  task: TaskOut;
  /** `time` is "" where no time was given. */
  onPick: (day: Day, time: string) => void;
}

/** Any day, and a time if one likes. */
export function SnoozePick({ task, onPick }: SnoozePickProps) {
  const { t } = useLingui();
  const now = today();
  const [day, setDay] = useState<Day | null>(task.due_on < now ? null : task.due_on);
  const [time, setTime] = useState(task.due_time?.slice(0, 5) ?? "");
  const isPast = day !== null && (time ? isOver({ day, time }, new Date()) : day < now);
  return (
    <form
      className="snooze-pick"
      onSubmit={(event) => {
        event.preventDefault();
        if (day && !isPast) onPick(day, time);
      }}
    >
      <DayInput aria-label={t`改到哪天`} autoFocus quick="ahead" value={day} onChange={setDay} />
      <Input
        type="time"
        aria-label={t`几点，可以不填`}
        value={time}
        onChange={(event) => setTime(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={!day || isPast}>
        {t`推迟`}
      </Button>
      {isPast && (
        <small className="danger" role="alert">
          {t`这个时间已经过去了，选个以后的。`}
        </small>
      )}
    </form>
  );
}
