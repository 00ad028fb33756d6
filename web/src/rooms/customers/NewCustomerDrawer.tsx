import { DownOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Alert, App, Button, Form, Input, Segmented } from "antd";
import { useState } from "react";
import { useFieldRights } from "@/api/fieldGroups";
import { createCustomer } from "@/api/generated/customers";
import type { CustomerIn } from "@/api/generated/zhike.schemas";
import { MoreFields } from "@/rooms/customers/MoreFields";
import { customerKeys } from "@/rooms/customers/queries";
import { SimilarHint } from "@/rooms/customers/SimilarHint";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";

interface NewCustomerDrawerProps {
  open: boolean;
  onClose: () => void;
  text: string;
}

/** A new customer: name and telephone are enough, the rest can be asked later. */
export function NewCustomerDrawer({ open, onClose, text }: NewCustomerDrawerProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [form] = Form.useForm<CustomerIn>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [hasMore, setMore] = useState(false);
  const kind = Form.useWatch("kind", form) ?? "company";
  const rights = useFieldRights();

  const submit = async () => {
    const values = await form.validateFields().catch(() => null);
    if (!values || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      const created = await createCustomer(filled(values));
      cache.setQueryData(customerKeys.one(created.id), created);
      void cache.invalidateQueries({ queryKey: customerKeys.lists });
      message.success(t`记下了：${created.name}`);
      onClose();
      void navigate({ to: "/customers", search: (before) => ({ ...before, open: created.id }) });
    } catch (error) {
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDrawer
      title={t`新建客户`}
      open={open}
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t`保存`}
      isBusy={isBusy}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={{ kind: "company", name: text }}
        onFinish={submit}
      >
        {problem && (
          <Alert type="error" title={problem} role="alert" style={{ marginBottom: 16 }} />
        )}
        <Form.Item name="kind" noStyle>
          <Segmented
            block
            className="kind-switch"
            options={[
              { value: "company", label: t`公司` },
              { value: "person", label: t`个人` },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="name"
          label={kind === "person" ? t`姓名` : t`公司名称`}
          rules={[
            {
              required: true,
              whitespace: true,
              message: kind === "person" ? t`请填姓名` : t`请填公司名称`,
            },
          ]}
        >
          <Input
            autoFocus
            autoComplete="off"
            maxLength={200}
            placeholder={kind === "person" ? "" : t`营业执照上的全称最好`}
          />
        </Form.Item>
        {kind !== "person" && rights.edits("contact_name") && (
          <Form.Item name="contact_name" label={t`联系人`}>
            <Input autoComplete="off" maxLength={100} placeholder={t`比如 张经理`} />
          </Form.Item>
        )}
        {rights.edits("mobile") && (
          <Form.Item name="mobile" label={t`电话`}>
            <Input
              inputMode="tel"
              autoComplete="off"
              maxLength={60}
              placeholder={t`手机，或带区号的座机`}
            />
          </Form.Item>
        )}
        <SimilarHint form={form} onOpen={onClose} />
        {hasMore ? (
          <MoreFields />
        ) : (
          <Button
            type="link"
            icon={<DownOutlined />}
            onClick={() => setMore(true)}
            style={{ paddingInline: 0 }}
          >
            <Trans>更多资料</Trans>
          </Button>
        )}
        {/* Enter in a field submits only where a submit button exists. */}
        <button type="submit" hidden tabIndex={-1} aria-hidden />
      </Form>
    </FormDrawer>
  );
}

/** Without the fields left empty: what was not said is not sent. */
function filled(values: CustomerIn): CustomerIn {
  return Object.fromEntries(
    Object.entries(values)
      .map(([key, value]) => [key, typeof value === "string" ? value.trim() : value] as const)
      .filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );
}
