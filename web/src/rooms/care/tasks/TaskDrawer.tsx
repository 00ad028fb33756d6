import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, App, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { useDictionary } from "@/api/fields";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { useMe } from "@/api/queries";
import { type Day, planText } from "@/lib/days";
import { PrepareButton } from "@/rooms/care/preparing/PrepareButton";
import { useTaskActions } from "@/rooms/care/queries";
import { RepeatFields } from "@/rooms/care/tasks/RepeatFields";
import { reminderChoices } from "@/rooms/care/tasks/reminding";
import {
  fieldsOf,
  newFields,
  orderOf,
  patchOf,
  type TaskFields,
} from "@/rooms/care/tasks/taskForm";
import { useRemoval } from "@/rooms/care/tasks/useRemoval";
import { DayInput } from "@/ui/DayInput";
import { FormDrawer } from "@/ui/FormDrawer";
import { PersonSelect } from "@/ui/fields/PersonSelect";
import { showProblems } from "@/ui/formProblems";
import { useAgreement } from "@/ui/tooOften";
import "@/rooms/care/tasks/tasks.css";

interface TaskDrawerProps {
  open: boolean;
  /** A task, or what is known of one that is to be added. */
  of: TaskOut | { title: string; due_on: Day; customer: number | null };
  onClose: () => void;
  onSaved?: () => void;
}

/** All of a task: when, who, when to be reminded of it, and whether it comes round again. */
export function TaskDrawer({ open, of, onClose, onSaved }: TaskDrawerProps) {
  const { t } = useLingui();
  const me = useMe();
  const { message } = App.useApp();
  const { add, change } = useTaskActions();
  const agree = useAgreement();
  const ways = useDictionary("way");
  const [form] = Form.useForm<TaskFields>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const task = "id" in of ? of : null;
  const isPlan = task?.kind === "follow_up";
  // As it stood when the form opened: what differs from that was changed here.
  const [initial] = useState(() =>
    "id" in of ? fieldsOf(of) : newFields(of.title, of.due_on, me.id),
  );
  const hasTime = Boolean(Form.useWatch("due_time", form) ?? initial.due_time);
  const before = Form.useWatch("remind_before", form) ?? initial.remind_before;
  const dueOn = Form.useWatch("due_on", form) ?? initial.due_on;
  const save = async () => {
    if (isBusy) return;
    const fields = form.getFieldsValue(true) as TaskFields;
    setBusy(true);
    setProblem(null);
    try {
      const saved = await agree((agreed) =>
        "id" in of
          ? change(of, { ...patchOf(of.version, initial, fields), ...agreed })
          : add({ ...orderOf(fields, of.customer), ...agreed }),
      );
      if (!saved) return;
      const done = task ? t`改好了` : t`记下了：${planText(fields.due_on ?? "")}`;
      const who = saved.assignee_sees === false && saved.assignee?.name;
      if (who) message.warning(t`${done}。${who}看不到这位客户的档案，需要时请先共享`, 8);
      else message.success(done);
      onClose();
      onSaved?.();
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDrawer
      title={isPlan ? t`改跟进计划` : task ? t`改待办` : t`加一件待办`}
      open={open}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel={t`保存`}
      aside={
        task && (
          <>
            {task.customer?.in_sight && <PrepareButton customer={task.customer} isSmall />}
            <RemoveButton task={task} onRemoved={onClose} />
          </>
        )
      }
      isBusy={isBusy}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={() => void save()}
        initialValues={initial}
      >
        {problem && (
          <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />
        )}
        <Form.Item
          name="title"
          label={isPlan ? t`聊什么` : t`要做什么`}
          rules={isPlan ? [] : [{ required: true, whitespace: true, message: t`写一下要做什么` }]}
        >
          <Input autoComplete="off" maxLength={200} autoFocus={!task} />
        </Form.Item>
        <div className="task-pair">
          <Form.Item
            name="due_on"
            label={t`哪天`}
            rules={[{ required: true, message: t`选个日子` }]}
          >
            <DayInput quick="ahead" />
          </Form.Item>
          <Form.Item name="due_time" label={t`几点`}>
            <Input type="time" allowClear />
          </Form.Item>
        </div>
        {task?.why && (
          <p className="why-day">
            <Trans>为什么是这天：{task.why}</Trans>
          </p>
        )}
        <Form.Item
          name="remind_before"
          label={t`什么时候提醒`}
          extra={hasTime ? null : t`没写几点的，早上统一提醒。`}
        >
          <Select options={reminderChoices(hasTime, before)} />
        </Form.Item>
        <RepeatFields form={form} from={dueOn} />
        {isPlan && (
          <Form.Item name="way" label={t`怎么联系`}>
            <Select
              allowClear
              options={ways.map(({ value, label }) => ({ value, label }))}
              onClear={() => form.setFieldValue("way", "")}
            />
          </Form.Item>
        )}
        {isPlan && (
          <Form.Item name="materials" label={t`带上什么`}>
            <Input autoComplete="off" maxLength={200} placeholder={t`样品、报价单…`} />
          </Form.Item>
        )}
        <Form.Item
          name="assignee_id"
          label={t`谁来做`}
          rules={[{ required: true, message: t`选一位同事` }]}
        >
          <PersonSelect />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}

function RemoveButton({ task, onRemoved }: { task: TaskOut; onRemoved: () => void }) {
  const { t } = useLingui();
  const remove = useRemoval(task, onRemoved);
  return (
    <Button danger size="small" type="text" onClick={() => void remove()}>
      {t`删除`}
    </Button>
  );
}
