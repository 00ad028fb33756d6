import { EditOutlined, PhoneOutlined, StopOutlined } from "@ant-design/icons";
import { Trans } from "@lingui/react/macro";
import { App, Button } from "antd";
import { FieldRights } from "@/api/fieldGroups";
import { revealOfContact } from "@/api/generated/customers";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { asksForPeace } from "@/rooms/customers/contacts/peace";
import { useDisturbing } from "@/rooms/customers/contacts/useDisturbing";
import { useRevealReason } from "@/ui/RevealReason";

/** At the thumb: call, and note what was said. Who asked not to be called is asked about first. */
export function PhoneBar({
  customer,
  onFollowUp,
}: {
  customer: CustomerOut;
  onFollowUp: () => void;
}) {
  const { message } = App.useApp();
  const why = useRevealReason();
  const first = customer.contacts.find((one) => one.is_primary) ?? customer.contacts[0];
  const mayDisturb = useDisturbing(first);
  const field = first?.mobile?.valid ? "mobile" : first?.landline?.valid ? "landline" : null;
  const mayCall =
    field !== null && customer.can.reveal && new FieldRights(customer.fields).reads(field);
  if (!mayCall && !customer.can.log) return null;
  const isQuiet = first !== undefined && asksForPeace(first);
  const call = async () => {
    if (!first || !field) return;
    if (!(await mayDisturb())) return;
    const reason = await why.ask();
    if (reason === null) return;
    try {
      const { value } = await revealOfContact(first.id, { field, ...(reason && { reason }) });
      window.location.href = `tel:${value.replace(/[^\d+]/g, "")}`;
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  return (
    <div className="phone-bar">
      {mayCall &&
        why.around(
          <Button
            size="large"
            danger={isQuiet}
            icon={isQuiet ? <StopOutlined /> : <PhoneOutlined />}
            onClick={call}
          >
            {isQuiet ? <Trans>{first?.name}请勿联系</Trans> : <Trans>打给{first?.name}</Trans>}
          </Button>,
        )}
      {customer.can.log && (
        <Button size="large" type="primary" icon={<EditOutlined />} onClick={onFollowUp}>
          <Trans>记跟进</Trans>
        </Button>
      )}
    </div>
  );
}
