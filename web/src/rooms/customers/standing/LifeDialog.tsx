import { useLingui } from "@lingui/react/macro";
import { Alert, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useDictionary } from "@/api/fields";
import { archive, pause } from "@/api/generated/customers";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { ApiProblem } from "@/api/problem";
import { addDays, today } from "@/lib/days";
import { useRefreshCustomer } from "@/rooms/customers/queries";
import { DayInput } from "@/ui/DayInput";
import { showProblems } from "@/ui/formProblems";
import { Pills } from "@/ui/Pills";

export type LifeChange = "pause" | "archive";

interface LifeDialogProps {
  customer: CustomerOut;
  change: LifeChange;
  onClose: () => void;
}

interface Values {
  reason: string;
  note?: string;
  look_again_on?: string;
}

const A_WHILE = 90;

/** 暂停跟进 or 归档: why, in a click, and until when. */
export function LifeDialog({ customer, change, onClose }: LifeDialogProps) {
  const { t } = useLingui();
  const [form] = Form.useForm<Values>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const refresh = useRefreshCustomer();
  const isPause = change === "pause";
  const reasons = useDictionary(isPause ? "pause_reason" : "archive_reason");
  const store = async () => {
    const values = await form.validateFields().catch(() => null);
    if (!values || isBusy) return;
    setBusy(true);
    setProblem(null);
    const why = { reason: values.reason, note: values.note?.trim() ?? "" };
    try {
      if (isPause)
        await pause(customer.id, { ...why, look_again_on: values.look_again_on ?? null });
      else await archive(customer.id, why);
      await refresh(customer.id);
      onClose();
    } catch (error) {
      setProblem(showProblems(form, error));
      if (error instanceof ApiProblem && error.isStale) await refresh(customer.id);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={isPause ? t`暂停跟进${customer.name}` : t`归档${customer.name}`}
      onCancel={onClose}
      onOk={() => void store()}
      okText={isPause ? t`暂停跟进` : t`归档`}
      cancelText={t`取消`}
      confirmLoading={isBusy}
      width={440}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={isPause ? { look_again_on: addDays(today(), A_WHILE) } : {}}
        onFinish={() => void store()}
      >
        {problem && (
          <Alert type="error" role="alert" title={problem} style={{ marginBottom: 16 }} />
        )}
        <Form.Item
          name="reason"
          label={t`为什么`}
          rules={[{ required: true, message: t`请选一个原因` }]}
        >
          <Reasons label={t`为什么`} options={reasons} />
        </Form.Item>
        {isPause && (
          <Form.Item
            name="look_again_on"
            label={t`什么时候再看`}
            rules={[{ required: true, message: t`请选一个再看的日子` }]}
          >
            <DayInput quick="ahead" />
          </Form.Item>
        )}
        <Form.Item name="note" label={t`说明`}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
        </Form.Item>
        <p className="faint">
          {isPause
            ? t`暂停期间不再提醒跟进，到再看的日子会提醒负责人。`
            : t`归档后不再出现在待办和提醒里，随时可以恢复；搜索还能找到。`}
        </p>
      </Form>
    </Modal>
  );
}

interface ReasonsProps {
  label: string;
  options: { value: string; label: string }[];
  value?: string;
  onChange?: (value: string | null) => void;
}

function Reasons({ label, options, value, onChange }: ReasonsProps) {
  return (
    <Pills
      label={label}
      value={value ?? null}
      options={options.map((one) => ({ value: one.value, label: one.label }))}
      onChange={(next: string | null) => onChange?.(next)}
    />
  );
}
