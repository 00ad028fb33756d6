import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Alert, Form, Input, Modal, Select, type SelectProps } from "antd";
import { useState } from "react";
import { handOver } from "@/api/generated/customers";
import type { HandOverIn, HandOverOut } from "@/api/generated/zhike.schemas";
import { ApiProblem, messageOf } from "@/api/problem";
import { useOwnerChoices } from "@/rooms/customers/passing/owners";
import { EnterWaits } from "@/ui/EnterWaits";

interface HandOverDialogProps {
  /** These customers, or all that meet the filters. */
  what: Partial<Pick<HandOverIn, "customer_ids" | "filters">>;
  count: number;
  onClose: () => void;
  onStarted: (begun: HandOverOut) => void;
}

const POOL = "pool";

interface Values {
  taker: string;
  note?: string;
}

/** 转交: to whom, and what they should know. The work itself goes on in the background. */
export function HandOverDialog({ what, count, onClose, onStarted }: HandOverDialogProps) {
  const { t } = useLingui();
  const [form] = Form.useForm<Values>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const taker = Form.useWatch("taker", form);
  const start = async () => {
    const values = await form.validateFields().catch(() => null);
    if (!values || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      const id = values.taker === POOL ? null : Number(values.taker);
      onStarted(await handOver({ ...what, taker_id: id, note: values.note?.trim() ?? "" }));
    } catch (error) {
      if (error instanceof ApiProblem && error.field === "taker_id") {
        form.setFields([{ name: "taker", errors: [error.message] }]);
      } else setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={<Plural value={count} one="转交 # 位客户" other="转交 # 位客户" />}
      onCancel={onClose}
      onOk={() => void start()}
      okText={t`转交`}
      cancelText={t`取消`}
      confirmLoading={isBusy}
      width={440}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={() => void start()}>
        {problem && (
          <Alert type="error" role="alert" title={problem} style={{ marginBottom: 16 }} />
        )}
        <Form.Item
          name="taker"
          label={t`转给谁`}
          rules={[{ required: true, message: t`请选一位同事，或放回公海` }]}
        >
          <TakerSelect />
        </Form.Item>
        <Form.Item name="note" label={t`交接说明`}>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={500}
            placeholder={t`比如 华东片区调整，报价都已发过`}
          />
        </Form.Item>
        <p className="faint hand-over-note">
          {taker === POOL ? (
            <Trans>放回公海后没有人负责，跟进和联系人都还在。</Trans>
          ) : (
            <Trans>未完成的待办和跟进计划一起过去；写过的跟进还署原来的名字。</Trans>
          )}
        </p>
      </Form>
    </Modal>
  );
}

function TakerSelect(props: SelectProps<string>) {
  const { t } = useLingui();
  const owners = useOwnerChoices();
  return (
    <EnterWaits isReady={owners.length > 0}>
      <Select
        {...props}
        autoFocus
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t`选一位同事`}
        options={[...owners, { value: POOL, label: t`放回公海` }]}
      />
    </EnterWaits>
  );
}
