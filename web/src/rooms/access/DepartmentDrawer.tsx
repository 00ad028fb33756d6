import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, Form, Input } from "antd";
import { useState } from "react";
import { addDepartment, changeDepartment } from "@/api/generated/access";
import { DepartmentSelect } from "@/rooms/access/DepartmentSelect";
import { departmentKey } from "@/rooms/access/queries";
import type { Department } from "@/rooms/access/roleTypes";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";

/** What the drawer works on: a department to change, or the place of a new one. */
export interface DepartmentEdit {
  department: Department | null;
  parent: number | null;
}

interface DepartmentDrawerProps {
  edit: DepartmentEdit | null;
  onClose: () => void;
}

interface DepartmentFields {
  name: string;
  parent_id: number | null;
}

/** A department's name and place in the tree. */
export function DepartmentDrawer({ edit, onClose }: DepartmentDrawerProps) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const [form] = Form.useForm<DepartmentFields>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async (values: DepartmentFields) => {
    setBusy(true);
    setProblem(null);
    try {
      if (edit?.department) await changeDepartment(edit.department.id, values);
      else await addDepartment(values);
      await cache.invalidateQueries({ queryKey: departmentKey });
      void cache.invalidateQueries({ queryKey: ["people"] });
      onClose();
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDrawer
      title={edit?.department ? t`修改部门` : t`添加部门`}
      open={edit !== null}
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
        initialValues={{ name: edit?.department?.name ?? "", parent_id: edit?.parent ?? null }}
      >
        {problem && (
          <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />
        )}
        <Form.Item
          name="name"
          label={t`部门名称`}
          rules={[{ required: true, whitespace: true, message: t`请填部门名称` }]}
        >
          <Input autoFocus autoComplete="off" maxLength={60} />
        </Form.Item>
        <Form.Item name="parent_id" label={t`上级部门`}>
          <DepartmentSelect none={t`没有上级，在最上面`} without={edit?.department?.id} />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
