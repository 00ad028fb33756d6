import { PlusOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { FieldRights } from "@/api/fieldGroups";
import { revealOfCustomer } from "@/api/generated/customers";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { cache } from "@/api/queries";
import { FactEditor, type Next } from "@/rooms/customers/FactEditor";
import { type Fact, isFilled, useFactGroups } from "@/rooms/customers/facts";
import type { CustomerChange } from "@/rooms/customers/queries";
import type { SaveField } from "@/rooms/customers/record";
import { ChoiceChip } from "@/ui/Chip";
import type { CellValue } from "@/ui/grid/gridTypes";
import { MaskedValue, type Reveal } from "@/ui/MaskedValue";
import { CalendarDay, Money } from "@/ui/values";

interface FactsProps {
  customer: CustomerOut;
  save: SaveField;
}

interface Refusal {
  field: string;
  typed: CellValue;
  sentence: string;
}

/** The file: every field edited where it stands. Empty ones wait in a line under their group. */
export function Facts({ customer, save }: FactsProps) {
  const { t } = useLingui();
  const groups = useFactGroups(customer);
  const [editing, setEditing] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const order = groups.flatMap((group) => group.facts).filter((fact) => !fact.isFixed);

  const leave = (from: Fact, next: Next) => {
    const step = next === "right" ? 1 : next === "left" ? -1 : 0;
    const at = order.findIndex((fact) => fact.field === from.field);
    setEditing(step === 0 ? null : (order[at + step]?.field ?? null));
  };
  const store = async (fact: Fact, value: CellValue, next: Next) => {
    leave(fact, next);
    setRefusal(null);
    const before = customer[fact.field] as CellValue;
    if (value === before || (value === null && before === "")) return;
    const change = { [fact.field]: value ?? (fact.kind === "money" ? null : emptyOf(fact)) };
    // The whole value of a sealed field must not stand in the cache: the server masks it.
    const sentence = await save(
      change as CustomerChange,
      fact.kind === "sealed" ? {} : (change as Partial<CustomerOut>),
    );
    if (sentence === null) return;
    setRefusal({ field: fact.field, typed: value, sentence });
    setEditing(fact.field);
  };

  return (
    <div className="facts">
      {groups.map((group) => {
        const isShown = (fact: Fact) => isFilled(customer, fact) || editing === fact.field;
        const missing = group.facts.filter((fact) => !isShown(fact) && !fact.isFixed);
        return (
          <section key={group.title} aria-label={group.title}>
            <h2>{group.title}</h2>
            <dl>
              {group.facts.filter(isShown).map((fact) => (
                <div key={fact.field} className={`fact ${isWide(fact) ? "is-long" : ""}`}>
                  <dt>{fact.label}</dt>
                  <dd>
                    {editing === fact.field ? (
                      <span className="fact-edit">
                        <FactEditor
                          fact={fact}
                          value={customer[fact.field] as CellValue}
                          typed={refusal?.field === fact.field ? refusal.typed : undefined}
                          onSave={(value, next) => void store(fact, value, next)}
                          onCancel={() => {
                            setEditing(null);
                            setRefusal(null);
                          }}
                        />
                        {refusal?.field === fact.field && (
                          <span className="fact-problem" role="alert">
                            {refusal.sentence}
                          </span>
                        )}
                      </span>
                    ) : (
                      <FactValue
                        fact={fact}
                        customer={customer}
                        onEdit={() => setEditing(fact.field)}
                      />
                    )}
                  </dd>
                </div>
              ))}
            </dl>
            {missing.length > 0 && (
              <p className="fact-missing">
                {missing.map((fact) => (
                  <button
                    type="button"
                    key={fact.field}
                    aria-label={t`填写${fact.label}`}
                    onClick={() => setEditing(fact.field)}
                  >
                    <PlusOutlined /> {fact.label}
                  </button>
                ))}
              </p>
            )}
          </section>
        );
      })}
    </div>
  );
}

/** Long texts, and a number with its buttons, take the whole width below their name. */
function isWide({ kind }: Fact): boolean {
  return kind === "long" || kind === "sealed";
}

/** What empties a field: days are null on the wire, texts and choices are "". */
function emptyOf(fact: Fact): string | null {
  return fact.kind === "day" ? null : "";
}

interface FactValueProps {
  fact: Fact;
  customer: CustomerOut;
  onEdit: () => void;
}

function FactValue({ fact, customer, onEdit }: FactValueProps) {
  const { t } = useLingui();
  const shown = <Shown fact={fact} customer={customer} />;
  if (fact.kind === "sealed") {
    const { field } = fact;
    const reveal: Reveal = async (reason) => {
      const { value } = await revealOfCustomer(customer.id, { field, ...(reason && { reason }) });
      void cache.invalidateQueries({ queryKey: ["timeline", customer.id] });
      return value;
    };
    const mayReveal = customer.can.reveal && new FieldRights(customer.fields).reads(field);
    return (
      <span className="fact-sealed">
        <MaskedValue
          masked={String(customer[field])}
          label={fact.label}
          {...(mayReveal && { reveal })}
        />
        {!fact.isFixed && (
          <button type="button" className="fact-change" onClick={onEdit}>
            {t`改`}
          </button>
        )}
      </span>
    );
  }
  if (fact.isFixed) return <span className="fact-fixed">{shown}</span>;
  return (
    <button type="button" className="fact-value" title={t`点一下就能改`} onClick={onEdit}>
      {shown}
    </button>
  );
}

function Shown({ fact, customer }: { fact: Fact; customer: CustomerOut }) {
  const value = customer[fact.field] as CellValue;
  switch (fact.kind) {
    case "money":
      return <Money fen={value as number | null} />;
    case "day":
      return <CalendarDay day={value as string | null} />;
    case "choice":
      return <ChoiceChip value={value as string | null} choices={fact.choices ?? []} />;
    default:
      return value;
  }
}
