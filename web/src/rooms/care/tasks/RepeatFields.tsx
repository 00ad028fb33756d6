import { useLingui } from "@lingui/react/macro";
import { Form, type FormInstance, InputNumber, Select } from "antd";
import type { Day } from "@/lib/days";
import {
  MOST_EVERY,
  REPEATS,
  type Repeat,
  repeatName,
  repeatText,
  unitName,
} from "@/rooms/care/tasks/repeating";
import type { TaskFields } from "@/rooms/care/tasks/taskForm";
import { DayInput } from "@/ui/DayInput";

interface RepeatFieldsProps {
  form: FormInstance<TaskFields>;
  /** The day of the task: a series cannot end before it. */
  from: Day | null;
}

/** Whether a task comes round again, how often, and until when. */
export function RepeatFields({ form, from }: RepeatFieldsProps) {
  const { t } = useLingui();
  const chosen = Form.useWatch("repeat", form) ?? "";
  const every = Form.useWatch("repeat_every", form) ?? 1;
  const until = Form.useWatch("repeat_until", form) ?? null;
  const repeat = REPEATS.find((one): one is Repeat => one === chosen);
  const told = repeatText({ repeat: chosen, repeat_every: every, repeat_until: until });
  return (
    <>
      <Form.Item
        name="repeat"
        label={t`重复`}
        extra={repeat && t`${told}。做完一次，下一次自己出来。`}
      >
        <Select
          options={[
            { value: "", label: t`不重复` },
            ...REPEATS.map((value) => ({ value, label: repeatName(value) })),
          ]}
        />
      </Form.Item>
      {repeat && (
        <div className="task-pair">
          <Form.Item name="repeat_every" label={t`隔多久一次`}>
            <InputNumber
              min={1}
              max={MOST_EVERY}
              precision={0}
              suffix={unitName(repeat)}
              style={{ width: "100%" }}
            />
          </Form.Item>
          <Form.Item
            name="repeat_until"
            label={t`到哪天为止`}
            rules={[
              {
                validator: (_, day: Day | null) =>
                  day && from && day < from
                    ? Promise.reject(new Error(t`要在这件事的日子之后`))
                    : Promise.resolve(),
              },
            ]}
          >
            <DayInput quick="ahead" placeholder={t`一直`} />
          </Form.Item>
        </div>
      )}
    </>
  );
}
