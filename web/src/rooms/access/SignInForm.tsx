import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { signIn } from "@/api/access";
import { messageOf } from "@/api/problem";

interface SignInFormProps {
  /** Fixed where a session goes on: the same person, only the password is asked for. */
  username?: string;
  onSignedIn: () => void | Promise<void>;
}

export function SignInForm({ username, onSignedIn }: SignInFormProps) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (values: { username: string; password: string }) => {
    setBusy(true);
    setProblem(null);
    try {
      await signIn(values.username.trim(), values.password);
      await onSignedIn();
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
      onFinish={submit}
      initialValues={{ username }}
      size="large"
    >
      {problem && <Alert type="error" title={problem} role="alert" style={{ marginBottom: 16 }} />}
      <Form.Item name="username" label={t`账号`} rules={[{ required: true, message: t`请填账号` }]}>
        <Input
          autoComplete="username"
          autoFocus={!username}
          disabled={Boolean(username)}
          autoCapitalize="none"
        />
      </Form.Item>
      <Form.Item name="password" label={t`密码`} rules={[{ required: true, message: t`请填密码` }]}>
        <Input.Password autoComplete="current-password" autoFocus={Boolean(username)} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        <Trans>登录</Trans>
      </Button>
    </Form>
  );
}
