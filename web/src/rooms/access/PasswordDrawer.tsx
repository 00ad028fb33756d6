import { useLingui } from "@lingui/react/macro";
import { Alert, App, Form, Input } from "antd";
import { useState } from "react";
import { changePerson } from "@/api/generated/access";
import type { Colleague } from "@/rooms/access/roleTypes";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";

interface PasswordDrawerProps {
  /** Whose password is given anew; null: closed. */
  person: Colleague | null;
  onClose: () => void;
}

const SHORTEST_PASSWORD = 10;

/** A new password for a colleague who forgot theirs. */
export function PasswordDrawer({ person, onClose }: PasswordDrawerProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ password: string }>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async ({ password }: { password: string }) => {
    if (!person) return;
    setBusy(true);
    setProblem(null);
    try {
      await changePerson(person.id, { password });
      message.success(t`新密码设好了，告诉${person.name}吧`);
      onClose();
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDrawer
      title={t`给${person?.name ?? ""}重设密码`}
      open={person !== null}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel={t`重设`}
      isBusy={isBusy}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={save}>
        {problem && (
          <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />
        )}
        <Form.Item
          name="password"
          label={t`新密码`}
          extra={t`至少 ${SHORTEST_PASSWORD} 位。旧密码马上失效。`}
          rules={[
            { required: true, min: SHORTEST_PASSWORD, message: t`至少 ${SHORTEST_PASSWORD} 位` },
          ]}
        >
          <Input.Password autoFocus autoComplete="new-password" />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
