import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { addPasskey, passkeyToCreate } from "@/api/factors";
import { messageOf } from "@/api/problem";
import { deviceText } from "@/rooms/access/security/devices";
import { makePasskey } from "@/rooms/access/security/webauthn";

interface PasskeyAddProps {
  submitLabel: string;
  onDone: (hasNewCodes: boolean) => void | Promise<void>;
}

/** Names a passkey and has this device make it. */
export function PasskeyAdd({ submitLabel, onDone }: PasskeyAddProps) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const add = async ({ name }: { name: string }) => {
    setBusy(true);
    setProblem(null);
    try {
      const credential = await makePasskey(await passkeyToCreate());
      await onDone(await addPasskey(name.trim(), credential));
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={add}
      initialValues={{ name: deviceText(navigator.userAgent) }}
    >
      {problem && (
        <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />
      )}
      <Form.Item
        name="name"
        label={t`名字`}
        extra={t`以后好认是哪一把：公司电脑、我的手机`}
        rules={[{ required: true, whitespace: true, message: t`起个名字` }]}
      >
        <Input autoComplete="off" maxLength={60} autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        {submitLabel}
      </Button>
    </Form>
  );
}
