import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Form } from "antd";
import { type ReactNode, useState } from "react";
import { ApiProblem, messageOf } from "@/api/problem";
import { CodeInput } from "@/rooms/access/security/CodeInput";

interface CodeFormProps {
  kind: "totp" | "recovery_codes";
  onCode: (code: string) => Promise<void>;
  /** The refusal was "expired": there is nothing to go on with here. */
  onExpired?: (error: ApiProblem) => void;
  submit: ReactNode;
}

const LENGTH = { totp: 6, recovery_codes: 8 };

/** One code, sent as soon as its last digit stands. */
export function CodeForm({ kind, onCode, onExpired, submit }: CodeFormProps) {
  const { t } = useLingui();
  const [form] = Form.useForm<{ code: string }>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const length = LENGTH[kind];
  const send = async (code: string) => {
    setBusy(true);
    setProblem(null);
    try {
      await onCode(code);
    } catch (error) {
      if (error instanceof ApiProblem && error.code === "expired" && onExpired) onExpired(error);
      else {
        setProblem(messageOf(error));
        form.resetFields();
      }
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      size="large"
      onFinish={({ code }) => void send(code)}
    >
      {problem && (
        <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />
      )}
      <Form.Item
        name="code"
        label={kind === "totp" ? t`验证码` : t`恢复码`}
        rules={[{ required: true, len: length, message: t`一共 ${length} 位数字` }]}
        validateTrigger="onSubmit"
      >
        <CodeInput
          key={kind}
          length={length}
          autoFocus
          onWhole={(code) => {
            if (!isBusy) void send(code);
          }}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        {submit}
      </Button>
    </Form>
  );
}
