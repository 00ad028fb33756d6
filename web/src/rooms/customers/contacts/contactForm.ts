import { type Definition, type FieldJson, isOwn, isSealed, suits } from "@/api/fields";
import type { ContactIn, ContactOut, Masked } from "@/api/generated/zhike.schemas";

/** What the form holds: fields by their keys, own ones (x12) beside the shipped ones. */
export type ContactDraft = Record<string, FieldJson | undefined>;

/** What stands open at once in a new contact's form; the rest waits behind 更多. */
const FIRST: ReadonlySet<string> = new Set(["name", "title", "mobile", "wechat", "role"]);
/** Only asked for once what they belong to was answered. */
const FOLLOWS: Record<string, (draft: ContactDraft) => boolean> = {
  consent_on: ({ consent }) => Boolean(consent) && consent !== "unknown",
  consent_source: ({ consent }) => Boolean(consent) && consent !== "unknown",
  do_not_contact_reason: ({ do_not_contact }) => do_not_contact === true,
};
/** Shipped texts are emptied by "", all else by null. */
const EMPTIED_BY_NULL: ReadonlySet<string> = new Set(["date", "number", "money", "yes_no"]);

/** The fields of a contact this person may fill in, for a customer of this kind. */
export function askedFields(fields: Definition[], kind: string): Definition[] {
  return fields.filter(
    (field) =>
      field.may === "edit" && !field.is_fixed && suits(field, kind) && field.key !== "is_primary",
  );
}

/** Does the field stand open in the form of a new contact? */
export function isFirst(field: Definition): boolean {
  return FIRST.has(field.key) || field.need === "required";
}

/** Has the question a sense, as far as the form is filled in? */
export function isAsked(field: Definition, draft: ContactDraft): boolean {
  return FOLLOWS[field.key]?.(draft) ?? true;
}

/** A sealed value as the server masks it; "" where there is none. */
export function maskedOf(contact: ContactOut | null, field: Definition): string {
  if (!contact || !isSealed(field)) return "";
  const held = isOwn(field)
    ? contact.custom[field.key]
    : (contact[field.key as keyof ContactOut] as Masked | null);
  if (typeof held === "string") return held;
  return (held as Masked | null)?.masked ?? "";
}

/** What the form begins with. Sealed values never: they are left or written anew. */
export function beginning(contact: ContactOut | null, fields: Definition[]): ContactDraft {
  const draft: ContactDraft = {};
  for (const field of fields) {
    if (isSealed(field) || field.type === "attachment") continue;
    const held = contact ? heldValue(contact, field) : field.default;
    // How to address somebody whose title nobody knows is no more than 宋*: nothing to begin with.
    if (field.key === "salutation" && String(held).includes("*")) continue;
    if (held !== "" && held !== null && held !== undefined) draft[field.key] = held;
  }
  if (contact) {
    draft.reports_to_id = contact.reports_to_id;
    draft.is_primary = contact.is_primary;
  }
  return draft;
}

function heldValue(contact: ContactOut, field: Definition): FieldJson | undefined {
  const held = isOwn(field) ? contact.custom[field.key] : contact[field.key as keyof ContactOut];
  return held as FieldJson | undefined;
}

/** What has to be sent: of the fields that were shown, those that are not as they were. A sealed
 * one left empty stays, unless it was emptied on purpose. */
export function changesOf(
  draft: ContactDraft,
  before: ContactDraft,
  fields: Definition[],
  emptied: ReadonlySet<string>,
): ContactIn {
  const changes: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  for (const field of fields) {
    if (!(field.key in draft) || field.type === "attachment") continue;
    const now = draft[field.key] ?? null;
    if (isSealed(field)) {
      if (!now && !emptied.has(field.key)) continue;
    } else if (same(now, before[field.key] ?? null)) continue;
    if (isOwn(field)) custom[field.key] = now === "" ? null : now;
    else changes[field.key] = now ?? (EMPTIED_BY_NULL.has(field.type) ? null : "");
  }
  if ("reports_to_id" in draft && (draft.reports_to_id ?? null) !== (before.reports_to_id ?? null))
    changes.reports_to_id = draft.reports_to_id ?? null;
  if (draft.is_primary === true && before.is_primary !== true) changes.is_primary = true;
  if (changes.do_not_contact === null) changes.do_not_contact = false;
  return { ...changes, ...(Object.keys(custom).length > 0 && { custom }) };
}

function same(one: FieldJson, other: FieldJson): boolean {
  if (one === other || (one === "" && other === null)) return true;
  return JSON.stringify(one) === JSON.stringify(other);
}
