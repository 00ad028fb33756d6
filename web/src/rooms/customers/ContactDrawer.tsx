import { useLingui } from "@lingui/react/macro";
import { Alert, AutoComplete, Checkbox, Form, Input, Select } from "antd";
import { useEffect, useState } from "react";
import { FieldRights } from "@/api/fieldGroups";
import { addContact, changeContact } from "@/api/generated/customers";
import type { ContactIn, ContactOut } from "@/api/generated/zhike.schemas";
import { ApiProblem } from "@/api/problem";
import { useChoices } from "@/api/queries";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";

interface ContactDrawerProps {
  customer: number;
  /** What the person may do with each group of fields here. */
  fields: Readonly<Record<string, string>>;
  /** Null: a new one. */
  contact: ContactOut | null;
  open: boolean;
  onClose: () => void;
  onSaved: () => Promise<void>;
}

const NUMBERS = ["mobile", "landline", "wechat", "email"] as const;
type NumberField = (typeof NUMBERS)[number];

/** A contact, new or changed. Numbers on file are never filled in: they are left or written anew. */
export function ContactDrawer(props: ContactDrawerProps) {
  const { customer, contact, open, onClose, onSaved } = props;
  const { t } = useLingui();
  const rights = new FieldRights(props.fields);
  const [form] = Form.useForm<ContactIn>();
  const roles = useChoices("contact_role");
  const [emptied, setEmptied] = useState<ReadonlySet<NumberField>>(new Set());
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: begins anew whenever it opens
  useEffect(() => {
    setEmptied(new Set());
    setProblem(null);
  }, [open]);

  const submit = async () => {
    const values = await form.validateFields().catch(() => null);
    if (!values) return;
    setBusy(true);
    setProblem(null);
    try {
      if (contact) await changeContact(contact.id, changesOf(contact, values, emptied));
      else await addContact(customer, said(values));
      await onSaved();
      onClose();
    } catch (error) {
      // The newer version is fetched, so that saving once more settles it knowingly.
      if (error instanceof ApiProblem && error.isStale) await onSaved();
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  const labels: Record<NumberField, string> = {
    mobile: t`手机`,
    landline: t`固话`,
    wechat: t`微信`,
    email: t`邮箱`,
  };
  return (
    <FormDrawer
      title={contact ? t`改联系人` : t`加联系人`}
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
        initialValues={beginning(contact)}
        onFinish={submit}
      >
        {problem && (
          <Alert type="error" role="alert" title={problem} style={{ marginBottom: 16 }} />
        )}
        <div className="form-pair">
          <Form.Item
            name="name"
            label={t`姓名`}
            rules={[{ required: true, whitespace: true, message: t`请填姓名，“李女士”也行` }]}
          >
            <Input autoFocus autoComplete="off" maxLength={60} />
          </Form.Item>
          <Form.Item name="title" label={t`职位`}>
            <Input autoComplete="off" maxLength={60} />
          </Form.Item>
        </div>
        {NUMBERS.filter((field) => rights.edits(field)).map((field) => {
          const held = contact?.[field]?.masked;
          const isEmptied = emptied.has(field);
          return (
            <Form.Item key={field} name={field} label={labels[field]}>
              <Input
                inputMode={field === "email" ? "email" : field === "wechat" ? "text" : "tel"}
                autoComplete="off"
                maxLength={200}
                placeholder={held ? (isEmptied ? t`保存后清空` : t`${held}，不改就留空`) : ""}
                suffix={
                  held && (
                    <button
                      type="button"
                      className="link-button"
                      onClick={() => setEmptied(toggled(emptied, field))}
                    >
                      {isEmptied ? t`留着` : t`清空`}
                    </button>
                  )
                }
              />
            </Form.Item>
          );
        })}
        <div className="form-pair">
          <Form.Item name="role" label={t`决策角色`}>
            <Select allowClear options={roles.map(({ value, label }) => ({ value, label }))} />
          </Form.Item>
          <Form.Item name="convenient_time" label={t`方便联系的时间`}>
            <AutoComplete
              options={[t`上午`, t`下午三点后`, t`晚上`, t`周末`].map((value) => ({ value }))}
              maxLength={60}
            />
          </Form.Item>
        </div>
        <Form.Item name="preferences" label={t`偏好与习惯`}>
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 6 }}
            placeholder={t`爱喝茶，别一早打电话`}
          />
        </Form.Item>
        {!contact?.is_primary && (
          <Form.Item name="is_primary" valuePropName="checked">
            <Checkbox>{t`设为首要联系人`}</Checkbox>
          </Form.Item>
        )}
        <button type="submit" hidden tabIndex={-1} aria-hidden />
      </Form>
    </FormDrawer>
  );
}

function beginning(contact: ContactOut | null): ContactIn {
  if (!contact) return {};
  const { name, title, role, preferences, convenient_time, is_primary } = contact;
  return { name, title, role: role || null, preferences, convenient_time, is_primary };
}

/** Without what was left empty. */
function said(values: ContactIn): ContactIn {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as ContactIn;
}

function changesOf(contact: ContactOut, values: ContactIn, emptied: ReadonlySet<NumberField>) {
  const numbers = Object.fromEntries(
    NUMBERS.map((field) => [field, values[field] || (emptied.has(field) ? "" : undefined)]),
  );
  return {
    version: contact.version,
    name: values.name ?? contact.name,
    title: values.title ?? "",
    role: values.role ?? "",
    preferences: values.preferences ?? "",
    convenient_time: values.convenient_time ?? "",
    ...(values.is_primary && !contact.is_primary && { is_primary: true }),
    ...numbers,
  };
}

function toggled(fields: ReadonlySet<NumberField>, field: NumberField): ReadonlySet<NumberField> {
  const next = new Set(fields);
  if (!next.delete(field)) next.add(field);
  return next;
}
