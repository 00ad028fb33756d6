import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { setUp } from "@/api/generated/access";
import type { Me, SetupIn } from "@/api/generated/zhike.schemas";
import { ApiProblem } from "@/api/problem";
import { showProblems } from "@/ui/formProblems";

const SHORTEST_PASSWORD = 10;

interface SetupFormProps {
  onDone: (me: Me) => void;
  /** Somebody else was faster: the door is closed for good. */
  onClosed: () => void;
}

export function SetupForm({ onDone, onClosed }: SetupFormProps) {
  const { t } = useLingui();
  const [form] = Form.useForm<SetupIn>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (values: SetupIn) => {
    setBusy(true);
    setProblem(null);
    try {
      onDone(await setUp(values));
    } catch (error) {
      if (error instanceof ApiProblem && error.code === "setup_closed") onClosed();
      else setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  const required = (message: string) => [{ required: true, whitespace: true, message }];
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={submit} size="large">
      {problem && <Alert type="error" title={problem} role="alert" style={{ marginBottom: 16 }} />}
      <Form.Item name="organisation" label={t`公司或团队`} rules={required(t`给团队起个名字`)}>
        <Input autoFocus autoComplete="organization" maxLength={100} />
      </Form.Item>
      <Form.Item name="name" label={t`你的名字`} rules={required(t`同事会看到这个名字`)}>
        <Input autoComplete="name" maxLength={50} />
      </Form.Item>
      <Form.Item name="username" label={t`登录账号`} rules={required(t`请填登录账号`)}>
        <Input
          autoComplete="username"
          autoCapitalize="none"
          maxLength={50}
          placeholder={t`比如 zhangwei`}
        />
      </Form.Item>
      <Form.Item
        name="password"
        label={t`密码`}
        extra={t`至少 ${SHORTEST_PASSWORD} 位，一句好记的话最安全`}
        rules={[
          {
            required: true,
            min: SHORTEST_PASSWORD,
            message: t`再长一点，还不够 ${SHORTEST_PASSWORD} 位`,
          },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        <Trans>好了，进去看看</Trans>
      </Button>
      <p className="door-note">
        <Trans>你会是管理员，同事的账号之后在设置里添加。</Trans>
      </p>
    </Form>
  );
}
