import { DownOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Checkbox, Form, Select } from "antd";
import { Fragment, useEffect, useMemo, useState } from "react";
import { type Definition, isSealed, sectionsOf, useFields } from "@/api/fields";
import { addContact, changeContact } from "@/api/generated/customers";
import type { ContactOut, CustomerOut } from "@/api/generated/zhike.schemas";
import { ApiProblem } from "@/api/problem";
import {
  askedFields,
  beginning,
  type ContactDraft,
  changesOf,
  isAsked,
  isFirst,
  maskedOf,
} from "@/rooms/customers/contacts/contactForm";
import { FormDrawer } from "@/ui/FormDrawer";
import { FieldInput } from "@/ui/fields/FieldInput";
import { FieldFiles } from "@/ui/files/FieldFiles";
import { showProblems } from "@/ui/formProblems";

interface ContactDrawerProps {
  customer: CustomerOut;
  /** Null: a new one. */
  contact: ContactOut | null;
  open: boolean;
  onClose: () => void;
  onSaved: () => Promise<void>;
}

/** A contact, new or changed, with the fields the organisation has of contacts. Numbers on file are
 * never filled in: they are left or written anew. */
export function ContactDrawer(props: ContactDrawerProps) {
  const { customer, contact, open, onClose, onSaved } = props;
  const { t } = useLingui();
  const [form] = Form.useForm<ContactDraft>();
  const { fields: all } = useFields("contact");
  const fields = useMemo(() => askedFields(all, customer.kind), [all, customer.kind]);
  const before = useMemo(() => beginning(contact, fields), [contact, fields]);
  const [emptied, setEmptied] = useState<ReadonlySet<string>>(new Set());
  const [isWhole, setWhole] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: begins anew whenever it opens
  useEffect(() => {
    setEmptied(new Set());
    setProblem(null);
    setWhole(contact !== null);
  }, [open]);

  const submit = async () => {
    const values = await form.validateFields().catch(() => null);
    if (!values || isBusy) return;
    setBusy(true);
    setProblem(null);
    const changes = changesOf(values, before, fields, emptied);
    try {
      if (contact) await changeContact(contact.id, { version: contact.version, ...changes });
      else await addContact(customer.id, changes);
      await onSaved();
      onClose();
    } catch (error) {
      setWhole(true);
      // The newer version is fetched, so that saving once more settles it knowingly.
      if (error instanceof ApiProblem && error.isStale) await onSaved();
      setProblem(showProblems(form, error));
    } finally {
      setBusy(false);
    }
  };
  const shown = isWhole ? fields : fields.filter(isFirst);
  const waiting = fields.length - shown.length;
  const line = (field: Definition) => (
    <ContactField
      key={field.key}
      field={field}
      customer={customer.id}
      contact={contact}
      isEmptied={emptied.has(field.key)}
      onEmpty={() => setEmptied(toggled(emptied, field.key))}
    />
  );
  return (
    <FormDrawer
      title={contact ? t`改联系人` : t`加联系人`}
      open={open}
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t`保存`}
      isBusy={isBusy}
      width={520}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={before}
        onFinish={submit}
        className="contact-form"
      >
        {problem && <Alert type="error" role="alert" title={problem} className="form-alert" />}
        {sectionsOf(shown).map((section, at) => (
          <section key={section.name} aria-label={section.name}>
            {isWhole && at > 0 && <h3>{section.name}</h3>}
            {section.fields.map((field) => (
              <Fragment key={field.key}>
                <div className={isWide(field) ? "is-wide" : ""}>{line(field)}</div>
                {field.key === "role" && <Superior customer={customer} contact={contact} />}
              </Fragment>
            ))}
          </section>
        ))}
        {!contact?.is_primary && (
          <Form.Item name="is_primary" valuePropName="checked">
            <Checkbox>{t`设为首要联系人`}</Checkbox>
          </Form.Item>
        )}
        {waiting > 0 && (
          <Button
            type="link"
            className="flush-link"
            icon={<DownOutlined />}
            onClick={() => setWhole(true)}
          >
            <Trans>更多：称谓、生日、态度、联系意愿…</Trans>
          </Button>
        )}
        <button type="submit" hidden tabIndex={-1} aria-hidden />
      </Form>
    </FormDrawer>
  );
}

interface ContactFieldProps {
  field: Definition;
  customer: number;
  contact: ContactOut | null;
  isEmptied: boolean;
  onEmpty: () => void;
}

function ContactField({ field, customer, contact, isEmptied, onEmpty }: ContactFieldProps) {
  const { t } = useLingui();
  const draft = (Form.useWatch([], Form.useFormInstance<ContactDraft>()) ?? {}) as ContactDraft;
  if (!isAsked(field, draft)) return null;
  const masked = maskedOf(contact, field);
  const rules =
    field.need === "required" && !masked
      ? [{ required: true, message: t`请填写${field.label}` }]
      : [];
  if (field.type === "yes_no" && field.key === "do_not_contact") {
    return (
      <Form.Item name={field.key} valuePropName="checked">
        <Checkbox>{field.label}</Checkbox>
      </Form.Item>
    );
  }
  return (
    <Form.Item
      name={field.key}
      label={field.label}
      rules={rules}
      {...(field.help && { tooltip: field.help })}
      extra={
        masked &&
        isSealed(field) && (
          <button type="button" className="link-button" onClick={onEmpty}>
            {isEmptied ? t`保存后清空，点这里留着` : t`清空`}
          </button>
        )
      }
    >
      <FieldInput
        field={field}
        autoFocus={field.key === "name"}
        {...(masked && !isEmptied && { masked })}
        {...(contact &&
          field.type === "attachment" && {
            upload: (
              <FieldFiles
                customer={customer}
                of="contact"
                record={contact.id}
                field={field.key}
                label={field.label}
                mayEdit
              />
            ),
          })}
      />
    </Form.Item>
  );
}

/** 汇报给: another contact of the same customer. */
function Superior({ customer, contact }: { customer: CustomerOut; contact: ContactOut | null }) {
  const { t } = useLingui();
  const others = customer.contacts.filter((one) => one.id !== contact?.id);
  if (customer.kind !== "company" || others.length === 0) return null;
  return (
    <Form.Item name="reports_to_id" label={t`汇报给`}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t`他的上级`}
        options={others.map((one) => ({
          value: one.id,
          label: [one.name, one.title].filter(Boolean).join(" · "),
        }))}
      />
    </Form.Item>
  );
}

/** Takes the whole width of the form. */
function isWide(field: Definition): boolean {
  return ["long_text", "birthday", "attachment", "yes_no", "date_range", "choices"].includes(
    field.type,
  );
}

function toggled(fields: ReadonlySet<string>, field: string): ReadonlySet<string> {
  const next = new Set(fields);
  if (!next.delete(field)) next.add(field);
  return next;
}
