import { DownOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Alert, App, Button, Form, Input, Segmented } from "antd";
import { useMemo, useState } from "react";
import { useFieldRights } from "@/api/fieldGroups";
import { isOwn, useFields } from "@/api/fields";
import { createCustomer } from "@/api/generated/customers";
import type { Warned } from "@/api/generated/zhike.schemas";
import { useChecks } from "@/rooms/customers/entering/checks";
import { MoreFields } from "@/rooms/customers/entering/MoreFields";
import { NewField, toldAt } from "@/rooms/customers/entering/NewField";
import {
  askable,
  defaults,
  demandedOfContact,
  isDemanded,
  type NewValues,
  newCustomer,
} from "@/rooms/customers/entering/newCustomer";
import { SimilarHint } from "@/rooms/customers/entering/SimilarHint";
import { factLabel } from "@/rooms/customers/facts/facts";
import { customerKeys } from "@/rooms/customers/queries";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";
import "@/rooms/customers/entering/entering.css";

interface NewCustomerDrawerProps {
  open: boolean;
  onClose: () => void;
  text: string;
}

/** A new customer: name and telephone are enough, and what the administrator demands; the rest can
 * be asked later. */
export function NewCustomerDrawer(props: NewCustomerDrawerProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [form] = Form.useForm<NewValues>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [hasMore, setMore] = useState(false);
  const kind = String(Form.useWatch("kind", form) ?? "company");
  const rights = useFieldRights();
  const { fields } = useFields("customer");
  const { fields: ofContact } = useFields("contact");
  const asked = useMemo(() => askable(fields, kind), [fields, kind]);
  const demanded = asked.filter(isDemanded);
  const written = Form.useWatch([], form) as NewValues | undefined;
  const contactAsked = demandedOfContact(ofContact, kind, written);
  // Once refused, the answer stands at the fields; what was said while writing is not said twice.
  const [refused, setRefused] = useState("");
  const isRefused = refused !== "" && refused === JSON.stringify(written);
  const told = useTold(props.open && !isRefused ? written : undefined);

  const submit = async () => {
    const values = await form.validateFields().catch(() => null);
    if (!values || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      const created = await createCustomer(newCustomer(values, fields, ofContact));
      cache.setQueryData(customerKeys.one(created.id), created);
      void cache.invalidateQueries({ queryKey: customerKeys.lists });
      const waits = created.pending_reviews.length > 0;
      if (waits) {
        message.info(t`记下了：${created.name}，要等审核通过才算正式客户`);
        void cache.invalidateQueries({ queryKey: ["reviews"] });
      } else message.success(t`记下了：${created.name}`);
      props.onClose();
      void navigate({ to: "/customers", search: (before) => ({ ...before, open: created.id }) });
    } catch (error) {
      const names = Object.keys(form.getFieldsValue());
      setRefused(JSON.stringify(form.getFieldsValue()));
      // What is refused may wait behind 更多资料: there it can be mended.
      setProblem(showProblems(form, error));
      if (names.length < asked.length) setMore(true);
    } finally {
      setBusy(false);
    }
  };
  const isPerson = kind === "person";
  return (
    <FormDrawer
      title={t`新建客户`}
      open={props.open}
      onClose={props.onClose}
      onSubmit={submit}
      submitLabel={t`保存`}
      isBusy={isBusy}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={{
          ...defaults([...asked, ...ofContact.filter(isOwn)]),
          kind: "company",
          name: props.text,
        }}
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
          label={isPerson ? t`姓名` : t`公司名称`}
          rules={[
            {
              required: true,
              whitespace: true,
              message: isPerson ? t`请填姓名` : t`请填公司名称`,
            },
          ]}
          {...toldAt(told.of("name"))}
        >
          <Input
            autoFocus
            autoComplete="off"
            maxLength={200}
            placeholder={isPerson ? "" : t`营业执照上的全称最好`}
          />
        </Form.Item>
        {!isPerson && rights.edits("contact_name") && (
          <Form.Item name="contact_name" label={t`联系人`} {...toldAt(told.of("contact_name"))}>
            <Input autoComplete="off" maxLength={100} placeholder={t`比如 张经理`} />
          </Form.Item>
        )}
        {rights.edits("mobile") && (
          <Form.Item name="mobile" label={t`电话`} {...toldAt(told.of("mobile"))}>
            <Input
              inputMode="tel"
              autoComplete="off"
              maxLength={60}
              placeholder={t`手机，或带区号的座机`}
            />
          </Form.Item>
        )}
        {contactAsked.map((field) => (
          <NewField
            key={field.key}
            field={field}
            label={t`${field.label}（联系人）`}
            told={told.of(field.key)}
            isDemanded
            sentence={t`请填联系人的${field.label}`}
          />
        ))}
        {demanded.map((field) => {
          const label = factLabel(field, kind);
          return (
            <NewField
              key={field.key}
              field={field}
              label={label}
              told={told.of(field.key)}
              isDemanded
              sentence={t`请填${label}`}
            />
          );
        })}
        <SimilarHint form={form} onOpen={props.onClose} />
        {hasMore ? (
          <MoreFields fields={asked.filter((one) => !isDemanded(one))} kind={kind} told={told.of} />
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
        {told.elsewhere.map((one) => (
          <span key={one.message} className={`fact-warning is-${one.level}`} role="note">
            {one.message}
          </span>
        ))}
        {/* Enter in a field submits only where a submit button exists. */}
        <button type="submit" hidden tabIndex={-1} aria-hidden />
      </Form>
    </FormDrawer>
  );
}

/** What the server says to the form while it is filled in: at the fields that hold something. What
 * is merely not there yet is no fault before one saves. */
function useTold(values: NewValues | undefined) {
  const { fields } = useFields("customer");
  const { fields: ofContact } = useFields("contact");
  const body = values ? newCustomer(values, fields, ofContact) : {};
  const isWorthIt = Object.keys(body).some((key) => key !== "kind" && key !== "name");
  const problems = useChecks(isWorthIt && body.name ? body : null);
  const given = new Set(
    [body, body.custom, body.contact_custom].flatMap((part) => Object.keys(part ?? {})),
  );
  if (body.region_code) given.add("region");
  const shown = new Set(Object.keys(values ?? {}));
  const of = (field: string): Warned[] =>
    problems.filter((one) => one.field === field && given.has(field));
  const elsewhere = problems.filter((one) => one.level !== "refusal" && !shown.has(one.field));
  return { of, elsewhere };
}
