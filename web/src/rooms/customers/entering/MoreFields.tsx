import { useLingui } from "@lingui/react/macro";
import { Form, Input, Select } from "antd";
import { useFieldRights } from "@/api/fieldGroups";
import { type Definition, sectionsOf } from "@/api/fields";
import type { Warned } from "@/api/generated/zhike.schemas";
import { useRights } from "@/api/rights";
import { NewField, toldAt } from "@/rooms/customers/entering/NewField";
import { factLabel } from "@/rooms/customers/facts/facts";
import { useOwnerChoices } from "@/rooms/customers/passing/owners";

interface MoreFieldsProps {
  fields: Definition[];
  kind: string;
  told: (field: string) => Warned[];
}

/** The rest of what can be said about a new customer, section by section, as far as the role may
 * say it. */
export function MoreFields({ fields, kind, told }: MoreFieldsProps) {
  const { t } = useLingui();
  const owners = useOwnerChoices();
  const rights = useFieldRights();
  const mayHandOver = useRights().may("hand_over") && rights.edits("owner_id");
  return (
    <div className="entering-more">
      {!rights.edits("contact_name") && !rights.edits("email") ? null : (
        <div className="form-pair">
          {rights.edits("contact_title") && (
            <Form.Item name="contact_title" label={t`职位`} {...toldAt(told("contact_title"))}>
              <Input autoComplete="off" maxLength={100} />
            </Form.Item>
          )}
          {rights.edits("email") && (
            <Form.Item name="email" label={t`邮箱`} {...toldAt(told("email"))}>
              <Input inputMode="email" autoComplete="off" maxLength={200} />
            </Form.Item>
          )}
        </div>
      )}
      {mayHandOver && (
        <Form.Item name="owner_id" label={t`负责人`}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            placeholder={t`不选就是我`}
            options={owners.map(({ value, label }) => ({ value: Number(value), label }))}
          />
        </Form.Item>
      )}
      {sectionsOf(fields).map((section) => (
        <section key={section.name} aria-label={section.name}>
          <h3>{section.name}</h3>
          <div className="form-pair">
            {section.fields.map((field) => (
              <div key={field.key} className={isWide(field) ? "is-wide" : ""}>
                <NewField
                  field={field}
                  label={factLabel(field, kind)}
                  told={told(field.key)}
                  sentence=""
                />
              </div>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

const WIDE: ReadonlySet<string> = new Set([
  ...["long_text", "date_range", "birthday", "address", "region", "choices", "identity"],
  ...["industry", "attachment"],
]);

function isWide({ type }: Definition): boolean {
  return WIDE.has(type);
}
