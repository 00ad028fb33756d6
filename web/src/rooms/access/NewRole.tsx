import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, Form, Input, Select } from "antd";
import { useState } from "react";
import { addRole } from "@/rooms/access/roleApi";
import { roleKey } from "@/rooms/access/roleQueries";
import type { Role } from "@/rooms/access/roleTypes";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";

interface NewRoleProps {
  open: boolean;
  roles: Role[];
  onClose: () => void;
  onAdded: (id: number) => void;
}

interface NewRoleFields {
  name: string;
  note: string;
  copy_of: number;
}

/** A new role begins as the copy of one that is nearly right. */
export function NewRole({ open, roles, onClose, onAdded }: NewRoleProps) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const [form] = Form.useForm<NewRoleFields>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const copied = Form.useWatch("copy_of", form);
  const save = async (values: NewRoleFields) => {
    setBusy(true);
    setProblem(null);
    try {
      const role = await addRole(values);
      await cache.invalidateQueries({ queryKey: roleKey });
      form.resetFields();
      onAdded(role.id);
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDrawer
      title={t`添加角色`}
      open={open}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel={t`下一步：调整权限`}
      isBusy={isBusy}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={save}
        initialValues={{ name: "", note: "", copy_of: roles[0]?.id }}
      >
        {problem && (
          <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />
        )}
        <Form.Item
          name="copy_of"
          label={t`照着哪个角色来`}
          extra={roles.find((one) => one.id === copied)?.note}
        >
          <Select options={roles.map((one) => ({ value: one.id, label: one.name }))} />
        </Form.Item>
        <Form.Item
          name="name"
          label={t`角色名称`}
          rules={[{ required: true, whitespace: true, message: t`请填角色名称` }]}
        >
          <Input autoFocus autoComplete="off" maxLength={30} placeholder={t`比如 实习销售`} />
        </Form.Item>
        <Form.Item name="note" label={t`说明（选填）`}>
          <Input autoComplete="off" maxLength={200} placeholder={t`给谁用，管什么`} />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
