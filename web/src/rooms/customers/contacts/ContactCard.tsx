import { EllipsisOutlined, StopOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Button, Dropdown } from "antd";
import { FieldRights } from "@/api/fieldGroups";
import { useWords } from "@/api/fields";
import type { ContactOut, CustomerOut } from "@/api/generated/zhike.schemas";
import { calendarText } from "@/lib/days";
import { BirthdayNote } from "@/rooms/customers/contacts/BirthdayNote";
import { OwnValues } from "@/rooms/customers/contacts/OwnValues";
import { asksForPeace } from "@/rooms/customers/contacts/peace";
import { revealed } from "@/rooms/customers/contacts/revealed";
import { useDisturbing } from "@/rooms/customers/contacts/useDisturbing";
import { Chip, ChoiceChip, choiceLabel } from "@/ui/Chip";
import { MaskedValue } from "@/ui/MaskedValue";

interface ContactCardProps {
  contact: ContactOut;
  customer: CustomerOut;
  mayEdit: boolean;
  onEdit: () => void;
  onPrimary: () => void;
  onRemove: () => void;
  onLink: () => void;
  onUnlink: () => void;
}

/** One person: who they are, how to reach them, what to mind. */
export function ContactCard(props: ContactCardProps) {
  const { contact, customer, mayEdit, onEdit, onPrimary, onRemove, onLink, onUnlink } = props;
  const { t } = useLingui();
  const roles = useWords("contact_role");
  const stances = useWords("stance");
  const isLinked = contact.individual !== null;
  return (
    <div className="contact-card" id={`contact-${contact.id}`}>
      <div className="contact-name">
        <strong>{contact.name || t`联系人`}</strong>
        {contact.title && <span className="soft">{contact.title}</span>}
        <ChoiceChip value={contact.role} choices={roles} />
        {contact.stance && contact.stance !== "neutral" && (
          <ChoiceChip value={contact.stance} choices={stances} />
        )}
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
                { key: "link", label: t`也是别家的联系人…`, onClick: onLink },
                ...(isLinked
                  ? [{ key: "unlink", label: t`取消同一人关联`, onClick: onUnlink }]
                  : []),
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
      <Peace contact={contact} />
      <Numbers contact={contact} customer={customer} />
      {contact.birthday && <BirthdayNote contact={contact} />}
      <Notes contact={contact} />
      <OwnValues contact={contact} customer={customer} />
      <Elsewhere contact={contact} />
    </div>
  );
}

/** Right above the numbers: this person wants no calls. */
function Peace({ contact }: { contact: ContactOut }) {
  if (!asksForPeace(contact)) return null;
  const elsewhere = !contact.do_not_contact && contact.consent !== "refused";
  return (
    <p className="contact-peace" role="note">
      <StopOutlined aria-hidden />
      <span>
        <strong>{elsewhere ? <Trans>他在别家说过请勿联系</Trans> : <Trans>请勿联系</Trans>}</strong>
        {contact.do_not_contact_reason && <>：{contact.do_not_contact_reason}</>}
      </span>
    </p>
  );
}

function Numbers({ contact, customer }: { contact: ContactOut; customer: CustomerOut }) {
  const { t } = useLingui();
  const rights = new FieldRights(customer.fields);
  const mayDisturb = useDisturbing(contact);
  const numbers = [
    { field: "mobile", label: t`手机`, value: contact.mobile, isPhone: true },
    { field: "landline", label: t`固话`, value: contact.landline, isPhone: true },
    { field: "wechat", label: t`微信`, value: contact.wechat, isPhone: false },
    { field: "email", label: t`邮箱`, value: contact.email, isPhone: false },
  ];
  return (
    <dl className={asksForPeace(contact) ? "is-quiet" : ""}>
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
                  beforeDial={mayDisturb}
                  {...(customer.can.reveal &&
                    rights.reads(field) && {
                      reveal: (reason) => revealed(customer.id, contact.id, field, reason),
                    })}
                />
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Notes({ contact }: { contact: ContactOut }) {
  const { t } = useLingui();
  const ways = useWords("way");
  const consents = useWords("consent");
  const way = contact.convenient_way ? choiceLabel(contact.convenient_way, ways) : "";
  const consent =
    contact.consent === "given"
      ? [
          choiceLabel(contact.consent, consents),
          contact.consent_on && calendarText(contact.consent_on),
          contact.consent_source,
        ]
          .filter(Boolean)
          .join(" · ")
      : "";
  const address = contact.salutation.includes("*") ? "" : contact.salutation;
  const lines = [
    address && address !== contact.name ? t`称呼：${address}` : "",
    [contact.convenient_time, way && t`最好${way}`].filter(Boolean).join(" · "),
    contact.preferences,
    consent,
  ].filter(Boolean);
  if (lines.length === 0) return null;
  return <p className="contact-note">{lines.join("\n")}</p>;
}

/** 也是 X 公司的联系人. Of customers one may not see only that there are some. */
function Elsewhere({ contact }: { contact: ContactOut }) {
  if (contact.also_at.length === 0) return null;
  const hidden = contact.also_at.filter((one) => one.customer_id === null).length;
  return (
    <p className="contact-elsewhere">
      {contact.also_at.map(
        (one) =>
          one.customer_id !== null && (
            <span key={one.customer_id}>
              <Trans>
                也是
                <Link to="/customers/$id" params={{ id: String(one.customer_id) }}>
                  {one.name}
                </Link>
                的联系人
              </Trans>
            </span>
          ),
      )}
      {hidden > 0 && (
        <span className="faint">
          <Trans>还是另外 {hidden} 位客户的联系人，由同事负责</Trans>
        </span>
      )}
    </p>
  );
}
