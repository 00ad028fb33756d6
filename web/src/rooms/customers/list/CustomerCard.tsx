import { useWords } from "@/api/fields";
import { phoneText } from "@/lib/phones";
import type { CustomerRow } from "@/rooms/customers/rows";
import { ChoiceChip } from "@/ui/Chip";
import { DueDay, KeyStar, Money } from "@/ui/values";
import "@/rooms/customers/list/list.css";

/** A customer in the phone's list. */
export function CustomerCard({ customer }: { customer: CustomerRow }) {
  const types = useWords("type");
  const { contact } = customer;
  return (
    <span className="customer-card">
      <span className="customer-card-line">
        <strong>
          {customer.name} <KeyStar isKey={customer.is_key} />
        </strong>
        <DueDay day={customer.next_follow_up_on} />
      </span>
      <span className="customer-card-line soft">
        <span className="number">
          {[contact?.name, contact?.phone && phoneText(contact.phone)].filter(Boolean).join(" ")}
        </span>
        <Money fen={customer.contract_amount} />
      </span>
      <span className="customer-card-line">
        <ChoiceChip value={customer.type} choices={types} />
        <span className="faint">{customer.owner?.name}</span>
      </span>
    </span>
  );
}
