import { useMemo } from "react";
import { type Definition, type FieldJson, isOwn, isSealed, suits, useFields } from "@/api/fields";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import type { CustomerChange } from "@/rooms/customers/queries";
import type { FieldDraft } from "@/ui/fields/FieldInput";
import { hasValue } from "@/ui/fields/FieldValue";
import type { RegionValue } from "@/ui/fields/RegionInput";

/** One field of a customer's file, as the reader may have it. */
export interface Fact {
  field: Definition;
  /** Shown, never edited: filled in by the system, or not this reader's to change. */
  isFixed: boolean;
  /** May its whole value be asked for, where it is sealed? */
  mayReveal: boolean;
}

export interface FactSection {
  name: string;
  facts: Fact[];
}

/** What stands in the head of the page already. */
const IN_HEAD: ReadonlySet<string> = new Set([
  ...["name", "code", "type", "is_key", "tier", "grade"],
  ...["life", "look_again_on", "completeness"],
]);

/** The file of a customer as the fields are defined: those of its kind, in their order, without
 * what the reader may not see. */
export function useFactSections(customer: CustomerOut): FactSection[] {
  const { sections } = useFields("customer");
  return useMemo(
    () =>
      sections
        .map(({ name, fields }) => ({ name, facts: fields.flatMap((one) => fact(one, customer)) }))
        .filter(({ facts }) =>
          facts.some((one) => !one.isFixed || hasValue(factValue(customer, one.field))),
        ),
    [sections, customer],
  );
}

/** As the person may have it with this very customer: shared ones may be less than the role says. */
function fact(field: Definition, customer: CustomerOut): Fact[] {
  const level = customer.fields[field.group] ?? "hidden";
  if (IN_HEAD.has(field.key) || field.archived || !suits(field, customer.kind)) return [];
  if (level === "hidden" || field.may === "hidden") return [];
  // What the system counts is worth a line once there is something to count.
  if (field.is_fixed && factValue(customer, field) === 0) return [];
  const mayEdit = customer.can.edit && level === "edit" && field.may === "edit";
  return [
    {
      field: { ...field, label: factLabel(field, customer.kind) },
      isFixed: field.is_fixed || !mayEdit,
      mayReveal: customer.can.reveal && level !== "masked",
    },
  ];
}

/** “统一社会信用代码/证件号码”: a company has the first, a person the second. */
export function factLabel(field: Pick<Definition, "key" | "label">, kind: string): string {
  if (field.key !== "identity") return field.label;
  const [ofCompany = field.label, ofPerson = ofCompany] = field.label.split("/");
  return kind === "person" ? ofPerson : ofCompany;
}

/** A company's address is public; a person's home is not. */
export function isHidden(field: Definition, kind: string): boolean {
  return isSealed(field) && !(field.key === "address" && kind !== "person");
}

/** What a customer holds in a field. */
export function factValue(customer: CustomerOut, field: Definition): FieldJson {
  if (isOwn(field)) return (customer.custom[field.key] as FieldJson | undefined) ?? null;
  const key = field.key === "recorder_name" ? "recorder" : field.key;
  return ((customer as unknown as Record<string, FieldJson>)[key] ?? null) as FieldJson;
}

/** What is edited: a region with its words, everything else as it is held. */
export function factDraft(customer: CustomerOut, field: Definition): FieldDraft {
  if (field.type !== "region") return factValue(customer, field);
  const { region_code: code, region: label } = customer;
  return code || label ? { code, label } : null;
}

const EMPTY_NULL: ReadonlySet<string> = new Set(["date", "money", "number"]);

/** What emptying a field sends: shipped days, money and numbers null, words "", own ones null. */
export function emptied(field: Pick<Definition, "builtin" | "type">): null | "" {
  return isOwn(field) || EMPTY_NULL.has(field.type) ? null : "";
}

/** What is sent to keep a value, and how the file looks at once. */
export function factChange(
  customer: Pick<CustomerOut, "custom">,
  field: Definition,
  value: FieldDraft,
): { change: CustomerChange; shown: Partial<CustomerOut> } {
  if (field.type === "region" && field.builtin) {
    const region = value as RegionValue | null;
    return {
      change: { region_code: region?.code ?? "", ...(!region && { region: "" }) },
      shown: { region_code: region?.code ?? "", region: region?.label ?? "" },
    };
  }
  const kept = value ?? emptied(field);
  // The whole of a sealed value must not stand in the cache: the server masks it.
  const isSecret = isSealed(field);
  if (isOwn(field)) {
    const custom = { [field.key]: kept };
    return {
      change: { custom },
      shown: isSecret ? {} : { custom: { ...customer.custom, ...custom } },
    };
  }
  const change = { [field.key]: kept } as CustomerChange;
  return { change, shown: isSecret ? {} : (change as Partial<CustomerOut>) };
}
