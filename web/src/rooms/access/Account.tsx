import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, App, Button, Form, Input } from "antd";
import { useState } from "react";
import { changePassword } from "@/api/access";
import { useMe } from "@/api/queries";
import { LookSettings } from "@/rooms/access/LookSettings";
import { showProblems } from "@/ui/formProblems";
import { SettingsPart } from "@/ui/SettingsPart";

/** 我的: who I am here, my password, how it should look. */
export function Account() {
  const { t } = useLingui();
  const me = useMe();
  const facts = [
    { label: t`名字`, value: me.name },
    { label: t`登录账号`, value: me.username },
    { label: t`角色`, value: me.role === "administrator" ? t`管理员` : t`销售` },
    { label: t`部门`, value: me.department ?? t`还没有分部门` },
  ];
  return (
    <>
      <SettingsPart
        title={me.organisation}
        note={
          me.rights.manage_people ? (
            <Trans>名字和部门在“同事”里改。</Trans>
          ) : (
            <Trans>名字、角色和部门要改，请找管理员。</Trans>
          )
        }
      >
        <dl className="settings-rows">
          {facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </SettingsPart>
      <LookSettings />
      <PasswordPart />
    </>
  );
}

const SHORTEST_PASSWORD = 10;

interface PasswordFields {
  current_password: string;
  new_password: string;
}

function PasswordPart() {
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
      form.resetFields();
      message.success(t`密码改好了，下次登录用新的`);
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <SettingsPart title={t`密码`}>
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
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="new_password"
          label={t`新密码`}
          extra={t`至少 ${SHORTEST_PASSWORD} 位，一句好记的话最安全`}
          rules={[
            { required: true, min: SHORTEST_PASSWORD, message: t`至少 ${SHORTEST_PASSWORD} 位` },
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button htmlType="submit" loading={isBusy}>
          <Trans>改密码</Trans>
        </Button>
      </Form>
    </SettingsPart>
  );
}
