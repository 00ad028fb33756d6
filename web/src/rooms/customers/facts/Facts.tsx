import { PlusOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import type { CustomerOut, Warned } from "@/api/generated/zhike.schemas";
import { useAsked } from "@/rooms/customers/facts/asking";
import { FactEditor } from "@/rooms/customers/facts/FactEditor";
import { FactValue } from "@/rooms/customers/facts/FactValue";
import type { Next } from "@/rooms/customers/facts/FieldEditor";
import {
  type Fact,
  factChange,
  factDraft,
  factValue,
  isHidden,
  useFactSections,
} from "@/rooms/customers/facts/facts";
import { NeedMark } from "@/rooms/customers/facts/NeedMark";
import type { SaveField } from "@/rooms/customers/record/record";
import type { FieldDraft } from "@/ui/fields/FieldInput";
import { hasValue } from "@/ui/fields/FieldValue";
import { StreetQuestion } from "@/ui/fields/StreetQuestion";
import "@/rooms/customers/facts/facts.css";

interface FactsProps {
  customer: CustomerOut;
  save: SaveField;
}

interface Refusal {
  field: string;
  typed: FieldDraft;
  sentence: string;
}

/** The file as its fields are defined, each edited where it stands. Empty ones wait in a line under
 * their section. */
export function Facts({ customer, save }: FactsProps) {
  const { t } = useLingui();
  const sections = useFactSections(customer);
  const [editing, setEditing] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  /** The street of a pasted address, while another one stands in the file. */
  const [street, setStreet] = useState<string | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const facts = sections.flatMap((section) => section.facts);
  const order = facts.filter((one) => !one.isFixed && one.field.type !== "attachment");
  const elsewhere = customer.warnings.filter(
    (one) => !facts.some(({ field }) => field.key === one.field),
  );
  useAsked(customer.id, ({ of, field }) => {
    if (of === "customer" && order.some((one) => one.field.key === field)) setEditing(field);
  });
  useEffect(() => {
    if (editing === null) return;
    const row = place.current?.querySelector(`[data-field="${CSS.escape(editing)}"]`);
    row?.scrollIntoView({ block: "nearest" });
  }, [editing]);

  const leave = (from: Fact, next: Next) => {
    const step = next === "right" ? 1 : next === "left" ? -1 : 0;
    const at = order.findIndex((one) => one.field.key === from.field.key);
    setEditing(step === 0 ? null : (order[at + step]?.field.key ?? null));
  };
  const store = async ({ field, ...rest }: Fact, value: FieldDraft, next: Next) => {
    leave({ field, ...rest }, next);
    setRefusal(null);
    if (isSame(value, factDraft(customer, field))) return;
    const { change, shown } = factChange(customer, field, value);
    const sentence = await save(change, shown);
    if (sentence === null) return;
    setRefusal({ field: field.key, typed: value, sentence });
    setEditing(field.key);
  };
  const address = order.find((one) => one.field.key === "address");
  const takeStreet = (pasted: string) => {
    if (!address) return;
    const held = factValue(customer, address.field);
    if (!hasValue(held)) void save({ address: pasted }, {});
    else if (held !== pasted) setStreet(pasted);
  };
  const cancel = () => {
    setEditing(null);
    setRefusal(null);
  };
  const line = (one: Fact) => {
    const { field } = one;
    const isEditing = editing === field.key;
    return (
      <div
        key={field.key}
        data-field={field.key}
        className={`fact ${isWide(one, customer) ? "is-long" : ""}`}
      >
        <dt title={field.help || undefined}>
          {field.label}
          {isEditing && <NeedMark need={field.need} />}
        </dt>
        <dd>
          {isEditing ? (
            <span className="fact-edit">
              <FactEditor
                field={field}
                isSecret={isHidden(field, customer.kind)}
                value={factDraft(customer, field)}
                typed={refusal?.field === field.key ? refusal.typed : undefined}
                onSave={(value, next) => void store(one, value, next)}
                onCancel={cancel}
                onStreet={takeStreet}
              />
              {refusal?.field === field.key && (
                <span className="fact-problem" role="alert">
                  {refusal.sentence}
                </span>
              )}
              {field.help && <span className="fact-help">{field.help}</span>}
            </span>
          ) : (
            <FactValue fact={one} customer={customer} onEdit={() => setEditing(field.key)} />
          )}
          {street !== null && one === address && (
            <StreetQuestion
              street={street}
              onReplace={() => {
                setStreet(null);
                void save({ address: street }, {});
              }}
              onKeep={() => setStreet(null)}
            />
          )}
          <Warnings found={customer.warnings.filter((told) => told.field === field.key)} />
        </dd>
      </div>
    );
  };

  return (
    <div className="facts" ref={place}>
      <Warnings found={elsewhere} />
      {sections.map((section) => {
        const isShown = (one: Fact) =>
          editing === one.field.key ||
          (one.field.type === "attachment" && !one.isFixed) ||
          hasValue(factValue(customer, one.field)) ||
          customer.warnings.some((told) => told.field === one.field.key);
        const missing = section.facts.filter((one) => !isShown(one) && !one.isFixed);
        return (
          <section key={section.name} aria-label={section.name}>
            <h2>{section.name}</h2>
            <dl>{section.facts.filter(isShown).map(line)}</dl>
            {missing.length > 0 && (
              <p className="fact-missing">
                {missing.map(({ field }) => (
                  <button
                    type="button"
                    key={field.key}
                    aria-label={t`填写${field.label}`}
                    title={field.help || undefined}
                    onClick={() => setEditing(field.key)}
                  >
                    <PlusOutlined /> {field.label}
                    <NeedMark need={field.need} />
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

/** What does not fit together, said calmly where it stands. */
function Warnings({ found }: { found: Warned[] }) {
  return found.map((one) => (
    <span key={one.message} className={`fact-warning is-${one.level}`} role="note">
      {one.message}
    </span>
  ));
}

/** Long texts, files, and a number with its buttons, take the whole width below their name. */
function isWide({ field }: Fact, customer: CustomerOut): boolean {
  return (
    field.type === "long_text" || field.type === "attachment" || isHidden(field, customer.kind)
  );
}

function isSame(one: FieldDraft, other: FieldDraft): boolean {
  const bare = (value: FieldDraft) => (hasValue(value) ? JSON.stringify(value) : "");
  return bare(one) === bare(other);
}
