import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Input } from "antd";
import { useState } from "react";
import { addServiceAccount } from "@/api/generated/access";
import { RoleSelect } from "@/rooms/access/RoleSelect";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";

interface ServiceFields {
  name: string;
  role: string;
}

/** An account for a program: it has a role and tokens, and never signs in. */
export function ServiceDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<ServiceFields>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async (values: ServiceFields) => {
    setBusy(true);
    setProblem(null);
    try {
      await addServiceAccount(values);
      await cache.invalidateQueries({ queryKey: ["people"] });
      message.success(t`${values.name}建好了，去“接口令牌”里给它发一个`);
      onClose();
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDrawer
      title={t`添加服务账号`}
      open={open}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel={t`保存`}
      isBusy={isBusy}
    >
      <p className="soft">
        {t`给对接的程序用：没有密码，登录不了，只凭令牌按角色办事。做过什么，审计里都记在它名下。`}
      </p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={save}
        initialValues={{ name: "", role: "sales" }}
      >
        {problem && (
          <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />
        )}
        <Form.Item
          name="name"
          label={t`名字`}
          rules={[{ required: true, whitespace: true, message: t`请填名字` }]}
        >
          <Input autoFocus autoComplete="off" maxLength={40} placeholder={t`比如 官网表单`} />
        </Form.Item>
        <Form.Item name="role" label={t`角色`}>
          <RoleSelect />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
