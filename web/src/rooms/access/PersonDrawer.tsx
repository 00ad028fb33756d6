import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Input } from "antd";
import { useState } from "react";
import { addPerson, changePerson } from "@/api/generated/access";
import { useMe } from "@/api/queries";
import { DepartmentSelect } from "@/rooms/access/DepartmentSelect";
import { departmentKey } from "@/rooms/access/queries";
import { RoleSelect } from "@/rooms/access/RoleSelect";
import { roleKey, useRoles } from "@/rooms/access/roleQueries";
import type { Colleague } from "@/rooms/access/roleTypes";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";

interface PersonDrawerProps {
  open: boolean;
  /** Null: a new colleague. */
  person: Colleague | null;
  /** Where a new colleague will most likely sit: the department one looks at. */
  place: number | null;
  onClose: () => void;
}

interface PersonFields {
  name: string;
  username: string;
  password: string;
  email: string;
  role: string;
  department_id: number | null;
}

const SHORTEST_PASSWORD = 10;

/** A colleague's card: new, or changed. The login name stays as it was given. */
export function PersonDrawer({ open, person, place, onClose }: PersonDrawerProps) {
  const { t } = useLingui();
  const me = useMe();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<PersonFields>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { data: roles } = useRoles();
  const chosen = Form.useWatch("role", form) ?? person?.role ?? "sales";
  const save = async (values: PersonFields) => {
    setBusy(true);
    setProblem(null);
    try {
      const { username, password, ...fields } = values;
      if (person) await changePerson(person.id, fields);
      else await addPerson({ ...fields, username, password });
      await cache.invalidateQueries({ queryKey: ["people"] });
      void cache.invalidateQueries({ queryKey: roleKey });
      void cache.invalidateQueries({ queryKey: departmentKey });
      if (person?.id === me.id) await cache.invalidateQueries({ queryKey: ["me"] });
      message.success(person ? t`改好了` : t`${values.name}可以登录了`);
      onClose();
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDrawer
      title={person ? t`修改同事` : t`添加同事`}
      open={open}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel={t`保存`}
      isBusy={isBusy}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={save}
        initialValues={{
          name: person?.name ?? "",
          username: person?.username ?? "",
          email: person?.email ?? "",
          role: person?.role ?? "sales",
          department_id: person ? (person.department?.id ?? null) : place,
        }}
      >
        {problem && (
          <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />
        )}
        <Form.Item
          name="name"
          label={t`名字`}
          rules={[{ required: true, whitespace: true, message: t`请填名字` }]}
        >
          <Input autoFocus autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item
          hidden={person?.is_service ?? false}
          name="username"
          label={t`登录账号`}
          rules={[{ required: true, whitespace: true, message: t`请填登录账号` }]}
        >
          <Input
            disabled={person !== null}
            autoComplete="off"
            autoCapitalize="none"
            maxLength={40}
            placeholder={t`比如 zhangwei`}
          />
        </Form.Item>
        {!person && (
          <Form.Item
            name="password"
            label={t`初始密码`}
            extra={t`至少 ${SHORTEST_PASSWORD} 位。告诉同事，登录后请他自己改一个。`}
            rules={[
              { required: true, min: SHORTEST_PASSWORD, message: t`至少 ${SHORTEST_PASSWORD} 位` },
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        )}
        <Form.Item
          name="role"
          label={t`角色`}
          extra={roles?.items.find((one) => one.key === chosen)?.note}
        >
          <RoleSelect disabled={person?.id === me.id} />
        </Form.Item>
        <Form.Item name="department_id" label={t`部门`}>
          <DepartmentSelect none={t`先不分部门`} />
        </Form.Item>
        <Form.Item name="email" label={t`邮箱（选填）`}>
          <Input type="email" autoComplete="off" maxLength={254} />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
