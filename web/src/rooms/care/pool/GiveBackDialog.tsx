import { useLingui } from "@lingui/react/macro";
import { Alert, App, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useGiveBack } from "@/rooms/care/pool/queries";
import { showProblems } from "@/ui/formProblems";
import { Pills } from "@/ui/Pills";

interface GiveBackDialogProps {
  customer: { id: number; name: string };
  onClose: () => void;
  onDone: () => void;
}

/** 放回公海: why, in a click or a sentence, for whoever takes the customer next. */
export function GiveBackDialog({ customer, onClose, onDone }: GiveBackDialogProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const giveBack = useGiveBack();
  const [form] = Form.useForm<{ reason: string }>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const reason = Form.useWatch("reason", form);
  const usual = [t`一直联系不上`, t`暂时没有需求`, t`不在我负责的区域`, t`手上客户太多，顾不过来`];
  const store = async () => {
    const values = await form.validateFields().catch(() => null);
    if (!values || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      await giveBack(customer.id, values.reason.trim());
      message.success(t`${customer.name}放回公海了`);
      onDone();
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t`把${customer.name}放回公海`}
      onCancel={onClose}
      onOk={() => void store()}
      okText={t`放回公海`}
      cancelText={t`取消`}
      confirmLoading={isBusy}
      width={460}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={() => void store()}>
        {problem && (
          <Alert type="error" role="alert" title={problem} style={{ marginBottom: 16 }} />
        )}
        <div className="give-back-usual">
          <Pills
            label={t`常见的原因`}
            value={usual.find((one) => one === reason) ?? null}
            options={usual.map((one) => ({ value: one, label: one }))}
            onChange={(next) => form.setFieldsValue({ reason: next ?? "" })}
          />
        </div>
        <Form.Item
          name="reason"
          label={t`为什么放回`}
          rules={[{ required: true, whitespace: true, message: t`写一句，下一位同事用得上` }]}
        >
          <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 5 }} maxLength={200} />
        </Form.Item>
        <p className="faint">{t`跟进经过和没做完的待办都留着，谁领走谁接着用。`}</p>
      </Form>
    </Modal>
  );
}
