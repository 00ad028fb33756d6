import { type Definition, isOwn, suits } from "@/api/fields";
import type { CustomerIn } from "@/api/generated/zhike.schemas";
import type { RegionValue } from "@/ui/fields/RegionInput";

/** What the form of a new customer holds: fields by key, own ones among them, a region with its words. */
export type NewValues = Record<string, unknown>;

/** Asked for by the form itself, or never asked. */
const ASKED_ANYWAY: ReadonlySet<string> = new Set(["name", "kind", "tier"]);

/** The fields a new customer of a kind can be given, beyond its name: in their order. */
export function askable(fields: Definition[], kind: string): Definition[] {
  return fields.filter(
    (one) =>
      !one.is_fixed &&
      !one.archived &&
      one.may === "edit" &&
      suits(one, kind) &&
      !ASKED_ANYWAY.has(one.key),
  );
}

/** Has to be answered before anything is kept: what the administrator demands and nothing fills in. */
export function isDemanded(field: Definition): boolean {
  // A new customer is 潜在 unless somebody says otherwise; a file can only be attached afterwards.
  return field.need === "required" && field.key !== "type" && field.type !== "attachment";
}

/** What makes a contact of the form, once something stands in it. */
const OF_CONTACT = ["contact_name", "contact_title", "mobile", "email"];

/** What else is demanded of the contact, as soon as there is one. */
export function demandedOfContact(
  fields: Definition[],
  kind: string,
  values: NewValues | undefined,
): Definition[] {
  if (!OF_CONTACT.some((key) => String(values?.[key] ?? "").trim() !== "")) return [];
  return askable(fields, kind).filter((one) => isOwn(one) && isDemanded(one));
}

/** The form as it is sent: without what was left empty, own fields apart, those of the contact too. */
export function newCustomer(
  values: NewValues,
  fields: Definition[],
  ofContact: Definition[],
): CustomerIn {
  const own = new Set(fields.filter(isOwn).map(({ key }) => key));
  const contacts = new Set(ofContact.filter(isOwn).map(({ key }) => key));
  const body: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  const contact: Record<string, unknown> = {};
  for (const [key, raw] of Object.entries(values)) {
    const value = typeof raw === "string" ? raw.trim() : raw;
    if (value === undefined || value === null || value === "") continue;
    if (own.has(key)) custom[key] = value;
    else if (contacts.has(key)) contact[key] = value;
    else if (key === "region") body.region_code = (value as RegionValue).code;
    else body[key] = value;
  }
  if (Object.keys(custom).length > 0) body.custom = custom;
  if (Object.keys(contact).length > 0) body.contact_custom = contact;
  return body as CustomerIn;
}

/** What a new customer starts with: the defaults the fields were given. */
export function defaults(fields: Definition[]): NewValues {
  return Object.fromEntries(
    fields
      .filter((one) => one.default !== null && one.default !== undefined && one.default !== "")
      .map((one) => [one.key, one.default]),
  );
}
