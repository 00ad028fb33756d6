import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input } from "antd";
import { useState } from "react";
import { changePassword, hasPassword } from "@/api/access";
import { useMe } from "@/api/queries";
import { showProblems } from "@/ui/formProblems";
import { SettingsPart } from "@/ui/SettingsPart";

const SHORTEST_PASSWORD = 10;

interface PasswordFields {
  current_password: string;
  new_password: string;
}

/** My password; for those who only come by single sign-on, that there is none. */
export function PasswordPart() {
  const { t } = useLingui();
  const { data: has } = useQuery({ queryKey: ["has-password"], queryFn: hasPassword });
  const [isOpen, setOpen] = useState(false);
  return (
    <SettingsPart
      title={t`密码`}
      note={
        has === false ? (
          <Trans>你用公司的单点登录进来，在知客里没有密码。</Trans>
        ) : (
          <Trans>至少 {SHORTEST_PASSWORD} 位，一句好记的话最安全。</Trans>
        )
      }
      action={
        has !== false && !isOpen && <Button onClick={() => setOpen(true)}>{t`改密码`}</Button>
      }
    >
      {isOpen && <PasswordForm onClose={() => setOpen(false)} />}
    </SettingsPart>
  );
}

function PasswordForm({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const { message } = App.useApp();
  const [form] = Form.useForm<PasswordFields>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (values: PasswordFields) => {
    setBusy(true);
    setProblem(null);
    try {
      await changePassword(values.current_password, values.new_password);
      message.success(t`密码改好了，下次登录用新的`);
      onClose();
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={submit}
      className="settings-form"
    >
      {problem && (
        <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />
      )}
      <input
        type="text"
        name="username"
        autoComplete="username"
        value={me.username}
        readOnly
        hidden
      />
      <Form.Item
        name="current_password"
        label={t`现在的密码`}
        rules={[{ required: true, message: t`请填现在的密码` }]}
      >
        <Input.Password autoFocus autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="new_password"
        label={t`新密码`}
        rules={[
          { required: true, min: SHORTEST_PASSWORD, message: t`至少 ${SHORTEST_PASSWORD} 位` },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <div className="part-actions">
        <Button type="primary" htmlType="submit" loading={isBusy}>
          <Trans>改密码</Trans>
        </Button>
        <Button onClick={onClose}>
          <Trans>取消</Trans>
        </Button>
      </div>
    </Form>
  );
}
