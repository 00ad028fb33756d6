import { ApartmentOutlined, PlusOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button } from "antd";
import { useState } from "react";
import { FieldRights } from "@/api/fieldGroups";
import { changeContact, removeContact, restoreContact } from "@/api/generated/customers";
import { setIndividual } from "@/api/generated/dealings";
import type { ContactOut, CustomerOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { cache } from "@/api/queries";
import { ContactCard } from "@/rooms/customers/contacts/ContactCard";
import { ContactDrawer } from "@/rooms/customers/contacts/ContactDrawer";
import { DecisionChain } from "@/rooms/customers/contacts/DecisionChain";
import { SamePerson } from "@/rooms/customers/contacts/SamePerson";
import { useAsked } from "@/rooms/customers/facts/asking";
import { customerKeys } from "@/rooms/customers/queries";
import { useUndo } from "@/ui/undo";
import "@/rooms/customers/contacts/contacts.css";

type Opened = { what: "edit" | "link"; contact: number } | { what: "new" } | { what: "chain" };

/** The people at a customer: numbers masked, one click to see, copy or dial them. */
export function Contacts({ customer }: { customer: CustomerOut }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const offerUndo = useUndo();
  const [opened, setOpened] = useState<Opened | null>(null);
  const rights = new FieldRights(customer.fields);
  const mayEdit = customer.can.edit && rights.edits("contact");
  const at = opened && "contact" in opened ? opened.contact : null;
  const contact = customer.contacts.find((one) => one.id === at) ?? null;
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
    if (!(await run(() => removeContact(id)))) return;
    offerUndo(t`移除了${name}`, async () => {
      await restoreContact(id);
      await refresh();
    });
  };
  const unlink = async ({ id, name, also_at }: ContactOut) => {
    const other = also_at.find((one) => one.contact_id !== null)?.contact_id ?? null;
    if (!(await run(() => setIndividual(id, { contact_id: null })))) return;
    if (other === null) return void message.success(t`${name}不再关联`);
    offerUndo(t`${name}不再关联`, async () => {
      await setIndividual(id, { contact_id: other });
      await refresh();
    });
  };
  const makePrimary = ({ id, version }: ContactOut) =>
    run(() => changeContact(id, { version, is_primary: true }));
  const close = () => setOpened(null);
  useAsked(customer.id, ({ of }) => {
    if (of !== "contact" || !mayEdit) return;
    const first = customer.contacts.find((one) => one.is_primary) ?? customer.contacts[0];
    setOpened(first ? { what: "edit", contact: first.id } : { what: "new" });
  });
  return (
    <section className="contacts" aria-label={t`联系人`}>
      <div className="contacts-head">
        <h2>
          <Trans>联系人</Trans>
        </h2>
        <span>
          {customer.kind === "company" && customer.contacts.length > 0 && (
            <Button
              type="text"
              size="small"
              icon={<ApartmentOutlined />}
              onClick={() => setOpened({ what: "chain" })}
            >
              <Trans>决策链</Trans>
            </Button>
          )}
          {mayEdit && (
            <Button
              type="text"
              size="small"
              icon={<PlusOutlined />}
              aria-label={t`加联系人`}
              title={t`加联系人`}
              onClick={() => setOpened({ what: "new" })}
            />
          )}
        </span>
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
          onEdit={() => setOpened({ what: "edit", contact: one.id })}
          onPrimary={() => void makePrimary(one)}
          onRemove={() => void remove(one)}
          onLink={() => setOpened({ what: "link", contact: one.id })}
          onUnlink={() => void unlink(one)}
        />
      ))}
      <ContactDrawer
        customer={customer}
        contact={opened?.what === "edit" ? contact : null}
        open={opened?.what === "new" || (opened?.what === "edit" && contact !== null)}
        onClose={close}
        onSaved={refresh}
      />
      {contact && (
        <SamePerson
          key={contact.id}
          contact={contact}
          customer={customer.id}
          open={opened?.what === "link"}
          onClose={close}
          onLinked={refresh}
        />
      )}
      <DecisionChain
        customer={customer}
        mayEdit={mayEdit}
        open={opened?.what === "chain"}
        onClose={close}
        onContact={(id) => setOpened({ what: "edit", contact: id })}
      />
    </section>
  );
}
