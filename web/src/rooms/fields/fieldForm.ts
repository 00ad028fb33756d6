import { type Definition, type FieldJson, isSealed, type OwnType } from "@/api/fields";
import { serverColour } from "@/rooms/fields/colours";
import type { FieldChange, NewChoice, NewField } from "@/rooms/fields/fieldApi";
import type { PreviewField } from "@/rooms/fields/Preview";

/** A field as it is worked on. */
export interface Draft {
  label: string;
  help: string;
  need: Definition["need"];
  section: string;
  group: string;
  kinds: string[];
  weight: number;
  default: FieldJson;
  rule: Definition["rule"];
  /** The words of a new field. */
  choices: DraftChoice[];
}

export interface DraftChoice {
  id: string;
  label: string;
  color: string;
}

const NEW_KEY = "new";
/** Where the server puts fields nobody gave a heading. */
export const USUAL_SECTION = "其他信息";
const USUAL_GROUP: Partial<Record<OwnType, string>> = {
  phone: "phone",
  email: "email",
  money: "money",
};
const NO_DEFAULT: ReadonlySet<string> = new Set([
  "person",
  "attachment",
  "date_range",
  "industry",
  "region",
  "birthday",
]);
const ONES_OWN: ReadonlySet<string> = new Set([
  "customer.name",
  "contact.name",
  "follow_up.content",
]);
const SIZED: ReadonlySet<string> = new Set(["number", "money", "date", "date_range"]);
const WRITTEN: ReadonlySet<string> = new Set(["text", "long_text"]);

export function draftOf(field: Definition): Draft {
  const { label, help, need, section, group, kinds, weight } = field;
  const rule = said(field.rule);
  return {
    ...{ label, help, need, section, group, kinds, weight, rule },
    default: field.default,
    choices: [],
  };
}

/** A rule without what it leaves open. */
function said(rule: Definition["rule"]): Definition["rule"] {
  return Object.fromEntries(
    Object.entries(rule ?? {}).filter(
      ([, part]) => part !== null && part !== undefined && part !== "",
    ),
  );
}

/** A new field of a type, as it is usually wanted. */
export function newDraft(type: OwnType, section: string): Draft {
  return {
    label: "",
    help: "",
    need: "optional",
    section,
    group: USUAL_GROUP[type] ?? "basic",
    kinds: [],
    weight: 0,
    default: null,
    rule: {},
    choices: isChosen(type) ? [newChoice(0), newChoice(1)] : [],
  };
}

const ROUND = ["blue", "green", "amber", "violet", "teal", "red", "grey"];

/** One more word, in the next colour. */
export function newChoice(at: number): DraftChoice {
  return { id: crypto.randomUUID(), label: "", color: ROUND[at % ROUND.length] ?? "grey" };
}

export function isChosen(type: string): boolean {
  return type === "choice" || type === "choices";
}

/** May records begin with a value in it? Words of a new field have to be saved first. */
export function takesDefault(field: Definition, isNew: boolean): boolean {
  if (field.is_fixed || isSealed(field) || NO_DEFAULT.has(field.type)) return false;
  return !ONES_OWN.has(`${field.of}.${field.key}`) && !(isNew && isChosen(field.type));
}

/** Which checks of one's own a field can have. */
export function checksOf(field: Definition): "size" | "text" | null {
  if (field.builtin) return null;
  if (SIZED.has(field.type)) return "size";
  return WRITTEN.has(field.type) ? "text" : null;
}

/** What differs from the field as it was. */
export function changeOf(field: Definition, draft: Draft): FieldChange {
  const before = draftOf(field);
  const { choices: _, ...now } = { ...draft, rule: said(draft.rule) };
  const names = Object.keys(now) as (keyof typeof now)[];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(now[name]) !== JSON.stringify(before[name]))
      .map((name) => [name, now[name]]),
  );
}

export function newFieldOf(of: Definition["of"], type: OwnType, draft: Draft): NewField {
  const { choices, ...rest } = { ...draft, rule: said(draft.rule), label: draft.label.trim() };
  return { ...rest, of, type, ...(isChosen(type) && { choices: filled(choices) }) };
}

function filled(choices: DraftChoice[]): NewChoice[] {
  return choices
    .filter((one) => one.label.trim())
    .map((one) => ({ label: one.label.trim(), color: serverColour(one.color) }));
}

/** The field as it will be, for the preview. */
export function previewOf(field: Definition, draft: Draft): PreviewField {
  const { choices, ...rest } = draft;
  const words = choices
    .filter((one) => one.label.trim())
    .map((one) => ({ value: one.id, label: one.label, color: one.color }));
  return { ...field, ...rest, ...(words.length > 0 && { words }) };
}

/** A field nobody has made yet. */
export function blankField(of: Definition["of"], type: OwnType, section: string): Definition {
  return {
    of,
    key: NEW_KEY,
    label: "",
    section,
    type,
    dictionary: "",
    need: "optional",
    help: "",
    default: null,
    rule: {},
    group: USUAL_GROUP[type] ?? "basic",
    group_label: "",
    kinds: [],
    preset: "",
    weight: 0,
    position: 0,
    is_fixed: false,
    is_locked: false,
    builtin: false,
    archived: false,
    sortable: false,
    filterable: false,
    version: 0,
    may: "edit",
  };
}
