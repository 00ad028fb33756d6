import { useLingui } from "@lingui/react/macro";
import { revealOfCustomer } from "@/api/generated/customers";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { cache } from "@/api/queries";
import { type Fact, factValue, isHidden } from "@/rooms/customers/facts/facts";
import { FieldValue } from "@/ui/fields/FieldValue";
import { FieldFiles } from "@/ui/files/FieldFiles";
import type { Reveal } from "@/ui/MaskedValue";

interface FactValueProps {
  fact: Fact;
  customer: CustomerOut;
  onEdit: () => void;
}

/** A field as it stands on the page: one click away from being edited. */
export function FactValue({ fact, customer, onEdit }: FactValueProps) {
  const { t } = useLingui();
  const { field, isFixed } = fact;
  const value = factValue(customer, field);
  if (field.type === "attachment") {
    const { id } = customer;
    const { key, label } = field;
    return (
      <FieldFiles
        customer={id}
        of="customer"
        record={id}
        field={key}
        label={label}
        mayEdit={!isFixed}
      />
    );
  }
  if (isHidden(field, customer.kind)) {
    const reveal: Reveal = async (reason) => {
      const asked = { field: field.key, ...(reason && { reason }) };
      const { value: whole } = await revealOfCustomer(customer.id, asked);
      void cache.invalidateQueries({ queryKey: ["timeline", customer.id] });
      return whole;
    };
    return (
      <span className="fact-sealed">
        <FieldValue field={field} value={value} reveal={fact.mayReveal ? reveal : undefined} />
        {!isFixed && (
          <button type="button" className="fact-change" onClick={onEdit}>
            {t`改`}
          </button>
        )}
      </span>
    );
  }
  const shown =
    field.type === "birthday" && field.builtin ? (
      customer.birthday_shown
    ) : field.type === "address" ? (
      String(value ?? "")
    ) : (
      // Within a button there is no link: one opens the page of a web address beside it.
      <FieldValue field={field} value={value} isCompact={field.type === "url" && !isFixed} />
    );
  if (isFixed) return <span className="fact-fixed">{shown}</span>;
  return (
    <span className="fact-line">
      <button type="button" className="fact-value" title={t`点一下就能改`} onClick={onEdit}>
        {shown}
      </button>
      {field.type === "url" && typeof value === "string" && /^https?:\/\//i.test(value) && (
        <a className="fact-change" href={value} target="_blank" rel="noreferrer noopener">
          {t`打开`}
        </a>
      )}
    </span>
  );
}
