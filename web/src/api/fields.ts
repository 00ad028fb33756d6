import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { allChoices, allFields } from "@/api/generated/fields";
import type { Level } from "@/api/rights";
import type { Choice } from "@/api/types";

/** The kinds of record that have fields. */
export type FieldOf = "customer" | "contact" | "follow_up";
export type Need = "required" | "recommended" | "optional";
/** The types an administrator can choose. */
export type OwnType =
  | "text"
  | "long_text"
  | "number"
  | "money"
  | "date"
  | "date_range"
  | "choice"
  | "choices"
  | "yes_no"
  | "person"
  | "phone"
  | "email"
  | "url"
  | "attachment";
/** Those and the ones only shipped fields have. */
export type FieldType =
  | OwnType
  | "identity"
  | "address"
  | "industry"
  | "region"
  | "birthday"
  | "mobile"
  | "landline"
  | "wechat";

/** What is checked of a value beyond its type: numbers and money (fen) by size, texts by length or
 * by a named pattern, days by the day. */
export interface ValueRule {
  min?: number | string | null;
  max?: number | string | null;
  longest?: number | null;
  pattern?: string | null;
}

/** One field of a kind of record, as it stands now (server: zhike/fields/builtin.py). */
export interface Definition {
  of: FieldOf;
  /** The name of a shipped field; `x12` for one of the customer's own. */
  key: string;
  label: string;
  section: string;
  type: FieldType;
  dictionary: string;
  need: Need;
  help: string;
  default: FieldJson;
  rule: ValueRule;
  group: string;
  group_label: string;
  /** company, person; empty: both. */
  kinds: string[];
  preset: string;
  /** Counts towards completeness; 0: does not. */
  weight: number;
  position: number;
  /** Filled in by the system, never typed. */
  is_fixed: boolean;
  /** No record can do without it: it is neither archived nor optional. */
  is_locked: boolean;
  builtin: boolean;
  archived: boolean;
  sortable: boolean;
  filterable: boolean;
  version: number;
  /** What the reader may do with it. */
  may: Level;
}

/** A value on the wire. By type: text, choice, day, birthday, industry "…"; number "12.5"; money
 * fen; date_range [from, to]; choices […]; yes_no true; person id; sealed ones masked. */
export type FieldJson = string | number | boolean | (string | null)[] | null;

/** Values that are encrypted: shown masked, written anew, never edited in place. */
const SEALED: ReadonlySet<string> = new Set([
  "identity",
  "address",
  "mobile",
  "landline",
  "email",
  "wechat",
  "phone",
]);

export function isSealed(field: { type: string }): boolean {
  return SEALED.has(field.type);
}

/** Has a customer of this kind ("company", "person") the field? */
export function suits(field: { kinds: string[] }, kind: string | null | undefined): boolean {
  return field.kinds.length === 0 || !kind || field.kinds.includes(kind);
}

/** A file of the customer's own: its value stands in `custom`, not beside the shipped ones. */
export function isOwn(field: { builtin: boolean }): boolean {
  return !field.builtin;
}

export interface FieldList {
  items: Definition[];
  kinds: { name: FieldOf; label: string }[];
  groups: { name: string; label: string }[];
}

export interface Section {
  name: string;
  fields: Definition[];
}

/** The heads of the cache: change a field, and both are to be fetched again. */
export const fieldKey = ["fields"] as const;
export const choiceKey = ["choices"] as const;

const RARELY_CHANGES = 5 * 60_000;

/** The fields the reader may see; `all`: every one, archived ones too, for the settings. */
export const getFields = (of: FieldOf, all = false) =>
  allFields({ of, ...(all && { all }) }) as Promise<FieldList>;

/** The fields the reader may see of a kind of record, in their order; empty until they arrive. */
export function useFields(of: FieldOf) {
  const query = useQuery({
    queryKey: [...fieldKey, of],
    queryFn: () => getFields(of),
    staleTime: RARELY_CHANGES,
  });
  const fields = query.data?.items ?? NO_FIELDS;
  const byKey = useMemo(() => new Map(fields.map((one) => [one.key, one])), [fields]);
  const sections = useMemo(() => sectionsOf(fields), [fields]);
  return { ...query, fields, byKey, sections };
}

/** Fields under their headings, both in the order of the fields. */
export function sectionsOf(fields: Definition[]): Section[] {
  const found = new Map<string, Definition[]>();
  for (const field of fields) {
    const there = found.get(field.section);
    if (there) there.push(field);
    else found.set(field.section, [field]);
  }
  return [...found].map(([name, inside]) => ({ name, fields: inside }));
}

/** Every dictionary by its name, the customer's own ones too, with the words offered no more. */
export function useAllWords(): Readonly<Record<string, Choice[]>> {
  const { data } = useQuery({
    queryKey: choiceKey,
    queryFn: () => allChoices(),
    staleTime: RARELY_CHANGES,
  });
  return data ?? NO_WORDS;
}

/** Every word of a dictionary: for showing values. Empty until they have arrived. */
export function useWords(name: string): Choice[] {
  return useAllWords()[name] ?? NO_CHOICES;
}

/** The words of a dictionary one can choose; retired ones are only shown where they stand. */
export function useDictionary(name: string): Choice[] {
  const words = useWords(name);
  return useMemo(() => onOffer(words), [words]);
}

/** Those one can choose, and what is held already though it is offered no more. */
export function onOffer(words: readonly Choice[], ...held: unknown[]): Choice[] {
  return words.filter((one) => !one.retired || held.includes(one.value));
}

const NO_FIELDS: Definition[] = [];
const NO_CHOICES: Choice[] = [];
const NO_WORDS: Readonly<Record<string, Choice[]>> = {};
