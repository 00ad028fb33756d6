import { useQuery } from "@tanstack/react-query";
import { filesKey } from "@/api/attachments";
import { type Definition, type FieldJson, isOwn, isSealed, useFields } from "@/api/fields";
import { listAttachments } from "@/api/generated/attachments";
import type { ContactOut, CustomerOut } from "@/api/generated/zhike.schemas";
import { revealed } from "@/rooms/customers/contacts/revealed";
import { FieldValue, hasValue } from "@/ui/fields/FieldValue";
import { FieldFiles } from "@/ui/files/FieldFiles";

/** The fields the organisation added to contacts. */
export function OwnValues({ contact, customer }: { contact: ContactOut; customer: CustomerOut }) {
  const { fields } = useFields("contact");
  const own = fields.filter(isOwn);
  const hasFiles = own.some((field) => field.type === "attachment");
  const files = useQuery({
    queryKey: [...filesKey(customer.id), "contact"],
    queryFn: ({ signal }) => listAttachments(customer.id, { of: "contact" }, { signal }),
    enabled: hasFiles && customer.counts.attachments > 0,
  });
  const shown = own.filter((field) =>
    field.type === "attachment"
      ? files.data?.items.some((one) => one.record_id === contact.id && one.field === field.key)
      : hasValue(contact.custom[field.key]),
  );
  if (shown.length === 0) return null;
  const reveal = (field: Definition) =>
    isSealed(field) &&
    customer.can.reveal &&
    field.may !== "masked" && {
      reveal: (reason: string) => revealed(customer.id, contact.id, field.key, reason),
    };
  return (
    <dl className="contact-own">
      {shown.map((field) => (
        <div key={field.key}>
          <dt>{field.label}</dt>
          <dd>
            <FieldValue
              key={contact.version}
              field={field}
              value={contact.custom[field.key] as FieldJson}
              {...reveal(field)}
              files={
                <FieldFiles
                  customer={customer.id}
                  of="contact"
                  record={contact.id}
                  field={field.key}
                  label={field.label}
                  mayEdit={false}
                />
              }
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}
