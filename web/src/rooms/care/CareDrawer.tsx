import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Input } from "antd";
import { useState } from "react";
import { useDictionary } from "@/api/fields";
import { logCare } from "@/api/generated/care";
import type { CareIn } from "@/api/generated/zhike.schemas";
import { today } from "@/lib/days";
import type { CustomerRef } from "@/rooms/care/logging";
import { refreshAround } from "@/rooms/care/queries";
import { DayInput } from "@/ui/DayInput";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";
import { MoneyInput } from "@/ui/MoneyInput";
import { Pills } from "@/ui/Pills";
import { useAgreement } from "@/ui/tooOften";

interface CareDrawerProps {
  open: boolean;
  onClose: () => void;
  customer: CustomerRef;
}

/** 记维护: a greeting, a gift, an invitation, and what came of it. */
export function CareDrawer({ open, onClose, customer }: CareDrawerProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const agree = useAgreement();
  const [form] = Form.useForm<CareIn>();
  const ways = useDictionary("care_way");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const close = () => {
    setProblem(null);
    onClose();
  };
  const submit = async () => {
    const values = await form.validateFields().catch(() => null);
    if (!values) return;
    setBusy(true);
    setProblem(null);
    try {
      const words = { yes: t`仍要记下` };
      const logged = await agree((agreed) => logCare(customer.id, { ...values, ...agreed }), words);
      if (!logged) return;
      refreshAround(cache, customer.id);
      message.success(t`记下了这次维护`);
      close();
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDrawer
      title={t`记维护 · ${customer.name}`}
      open={open}
      onClose={close}
      onSubmit={submit}
      submitLabel={t`记下`}
      isBusy={isBusy}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={{ on: today() }}
      >
        {problem && <Alert type="error" role="alert" title={problem} className="form-alert" />}
        <Form.Item name="way" label={t`方式`} rules={[{ required: true, message: t`选一种方式` }]}>
          <WayChoice options={ways} />
        </Form.Item>
        <Form.Item name="on" label={t`哪天`}>
          <DayInput quick="back" />
        </Form.Item>
        <Form.Item name="result" label={t`做了什么，效果怎样`}>
          <Input.TextArea
            autoFocus
            autoSize={{ minRows: 2, maxRows: 8 }}
            placeholder={t`比如 寄了月饼，王总发微信感谢`}
          />
        </Form.Item>
        <Form.Item name="feedback" label={t`客户反馈`}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 8 }} />
        </Form.Item>
        <Form.Item name="cost" label={t`费用`}>
          <MoneyInput />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}

interface WayChoiceProps {
  options: { value: string; label: string }[];
  value?: string;
  onChange?: (value: string | null) => void;
}

function WayChoice({ options, value, onChange }: WayChoiceProps) {
  const { t } = useLingui();
  return (
    <Pills
      label={t`方式`}
      value={value ?? null}
      options={options.map(({ value: way, label }) => ({ value: way, label }))}
      onChange={(way) => onChange?.(way)}
    />
  );
}
