import { Plural, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Input, Modal } from "antd";
import { useState } from "react";
import { planMany } from "@/api/generated/care";
import type { PlansIn, PlansOut } from "@/api/generated/zhike.schemas";
import { addDays, today } from "@/lib/days";
import { customerKeys } from "@/rooms/customers/queries";
import { DayInput } from "@/ui/DayInput";
import { showProblems } from "@/ui/formProblems";
import { useAgreement } from "@/ui/tooOften";

interface PlanDialogProps {
  /** These customers, or all that meet the filters. */
  what: Pick<PlansIn, "customer_ids" | "filters">;
  count: number;
  onClose: () => void;
  onDone: () => void;
}

interface Values {
  due_on: string;
  title?: string;
}

/** 安排跟进 for many at once: on which day, and about what. */
export function PlanDialog({ what, count, onClose, onDone }: PlanDialogProps) {
  const { t } = useLingui();
  const { message, modal } = App.useApp();
  const cache = useQueryClient();
  const agree = useAgreement();
  const [form] = Form.useForm<Values>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  /** Asks about those who would be contacted too often; null where nobody is left. */
  const planAll = async (body: PlansIn): Promise<PlansOut | null> => {
    const first = await agree((agreed) => planMany({ ...body, ...agreed }));
    if (!first || first.too_often === 0) return first;
    const isAgreed = await modal.confirm({
      title: t`有 ${first.too_often} 位联系得有点密`,
      content: t`加上这一次就超过每月的联系次数了，先没给他们安排。客户同意或事情要紧时，可以照样安排。`,
      okText: t`仍要安排`,
      cancelText: t`不安排他们`,
    });
    if (!isAgreed) return first;
    const more = await planMany({ ...body, agreed: true });
    return { ...more, made: first.made + more.made, skipped: more.skipped - first.made };
  };
  const store = async () => {
    const values = await form.validateFields().catch(() => null);
    if (!values || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      const planned = await planAll({
        ...what,
        due_on: values.due_on,
        title: values.title?.trim() ?? "",
      });
      if (!planned) return;
      const { made, skipped } = planned;
      message.success(
        skipped > 0
          ? t`安排了 ${made} 位，跳过 ${skipped} 位（已有安排、联系太密或不归你跟进）`
          : t`安排了 ${made} 位`,
        5,
      );
      onDone();
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
      // Also where the second half failed: the first is planned.
      for (const queryKey of [customerKeys.lists, ["customer"], ["today"], ["tasks"]]) {
        void cache.invalidateQueries({ queryKey });
      }
    }
  };
  return (
    <Modal
      open
      title={<Plural value={count} one="给 # 位客户安排跟进" other="给 # 位客户安排跟进" />}
      onCancel={onClose}
      onOk={() => void store()}
      okText={t`安排`}
      cancelText={t`取消`}
      confirmLoading={isBusy}
      width={440}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ due_on: addDays(today(), 1) }}
        onFinish={() => void store()}
      >
        {problem && (
          <Alert type="error" role="alert" title={problem} style={{ marginBottom: 16 }} />
        )}
        <Form.Item
          name="due_on"
          label={t`哪天跟进`}
          rules={[{ required: true, message: t`请选一天` }]}
        >
          <DayInput quick="ahead" />
        </Form.Item>
        <Form.Item name="title" label={t`聊什么`}>
          <Input maxLength={200} autoComplete="off" placeholder={t`比如 问问近况，有没有新需求`} />
        </Form.Item>
        <p className="faint">{t`已经安排过跟进的客户不会再排一次。`}</p>
      </Form>
    </Modal>
  );
}
