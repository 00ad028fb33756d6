import { EllipsisOutlined, PlusOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { FieldRights } from "@/api/fieldGroups";
import {
  changeContact,
  removeContact,
  restoreContact,
  revealOfContact,
} from "@/api/generated/customers";
import type { ContactOut, CustomerOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { cache, useChoices } from "@/api/queries";
import { ContactDrawer } from "@/rooms/customers/ContactDrawer";
import { customerKeys } from "@/rooms/customers/queries";
import { Chip, ChoiceChip } from "@/ui/Chip";
import { MaskedValue } from "@/ui/MaskedValue";
import { useUndo } from "@/ui/undo";

/** The people at a customer: numbers masked, one click to see, copy or dial them. */
export function Contacts({ customer }: { customer: CustomerOut }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const offerUndo = useUndo();
  const [edited, setEdited] = useState<number | "new" | null>(null);
  const rights = new FieldRights(customer.fields);
  const mayEdit = customer.can.edit && rights.edits("contact");
  const contact = customer.contacts.find((one) => one.id === edited) ?? null;
  const refresh = async () => {
    await cache.invalidateQueries({ queryKey: customerKeys.one(customer.id) });
    void cache.invalidateQueries({ queryKey: customerKeys.lists });
    void cache.invalidateQueries({ queryKey: ["timeline", customer.id] });
    void cache.invalidateQueries({ queryKey: ["today"] });
  };
  const run = async (action: () => Promise<unknown>) => {
    try {
      await action();
    } catch (error) {
      message.error(messageOf(error));
      return false;
    } finally {
      await refresh();
    }
    return true;
  };
  const remove = async ({ id, name }: ContactOut) => {
    const isGone = await run(() => removeContact(id));
    if (!isGone) return;
    offerUndo(t`移除了${name}`, async () => {
      await restoreContact(id);
      await refresh();
    });
  };
  const makePrimary = ({ id, version }: ContactOut) =>
    run(() => changeContact(id, { version, is_primary: true }));
  return (
    <section className="contacts" aria-label={t`联系人`}>
      <div className="contacts-head">
        <h2>
          <Trans>联系人</Trans>
        </h2>
        {mayEdit && (
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined />}
            aria-label={t`加联系人`}
            title={t`加联系人`}
            onClick={() => setEdited("new")}
          />
        )}
      </div>
      {customer.contacts.length === 0 && (
        <p className="soft">
          {mayEdit ? (
            <Trans>还没有联系人，加上电话就能一键拨打。</Trans>
          ) : (
            <Trans>还没有联系人。</Trans>
          )}
        </p>
      )}
      {customer.contacts.map((one) => (
        <ContactCard
          key={one.id}
          contact={one}
          customer={customer}
          mayEdit={mayEdit}
          onEdit={() => setEdited(one.id)}
          onPrimary={() => makePrimary(one)}
          onRemove={() => remove(one)}
        />
      ))}
      <ContactDrawer
        customer={customer.id}
        fields={customer.fields}
        contact={contact}
        open={edited === "new" || contact !== null}
        onClose={() => setEdited(null)}
        onSaved={refresh}
      />
    </section>
  );
}

interface ContactCardProps {
  contact: ContactOut;
  customer: CustomerOut;
  mayEdit: boolean;
  onEdit: () => void;
  onPrimary: () => void;
  onRemove: () => void;
}

function ContactCard(props: ContactCardProps) {
  const { contact, customer, mayEdit, onEdit, onPrimary, onRemove } = props;
  const { t } = useLingui();
  const rights = new FieldRights(customer.fields);
  const roles = useChoices("contact_role");
  const numbers = [
    { field: "mobile", label: t`手机`, value: contact.mobile, isPhone: true },
    { field: "landline", label: t`固话`, value: contact.landline, isPhone: true },
    { field: "wechat", label: t`微信`, value: contact.wechat, isPhone: false },
    { field: "email", label: t`邮箱`, value: contact.email, isPhone: false },
  ];
  const reveal = async (field: string, reason: string) => {
    const { value } = await revealOfContact(contact.id, { field, ...(reason && { reason }) });
    void cache.invalidateQueries({ queryKey: ["timeline", customer.id] });
    return value;
  };
  return (
    <div className="contact-card">
      <div className="contact-name">
        <strong>{contact.name || t`联系人`}</strong>
        {contact.title && <span className="soft">{contact.title}</span>}
        <ChoiceChip value={contact.role} choices={roles} />
        {contact.is_primary && customer.contacts.length > 1 && (
          <Chip color="teal">
            <Trans>首要</Trans>
          </Chip>
        )}
        {mayEdit && (
          <Dropdown
            trigger={["click"]}
            menu={{
              items: [
                { key: "edit", label: t`修改`, onClick: onEdit },
                ...(contact.is_primary
                  ? []
                  : [{ key: "primary", label: t`设为首要联系人`, onClick: onPrimary }]),
                { key: "remove", label: t`移除`, danger: true, onClick: onRemove },
              ],
            }}
          >
            <Button
              type="text"
              size="small"
              className="contact-menu"
              icon={<EllipsisOutlined />}
              aria-label={t`${contact.name}的更多操作`}
            />
          </Dropdown>
        )}
      </div>
      <dl>
        {numbers.map(
          ({ field, label, value, isPhone }) =>
            value && (
              <div key={field}>
                <dt>{label}</dt>
                <dd>
                  <MaskedValue
                    key={contact.version}
                    masked={value.masked}
                    valid={value.valid}
                    label={`${contact.name}${label}`}
                    isPhone={isPhone}
                    {...(customer.can.reveal &&
                      rights.reads(field) && { reveal: (reason) => reveal(field, reason) })}
                  />
                </dd>
              </div>
            ),
        )}
      </dl>
      {(contact.convenient_time || contact.preferences) && (
        <p className="contact-note">
          {[contact.convenient_time, contact.preferences].filter(Boolean).join(" · ")}
        </p>
      )}
    </div>
  );
}
