import {
  type Definition,
  type FieldJson,
  type FieldOf,
  getFields,
  type Need,
  type OwnType,
  type ValueRule,
} from "@/api/fields";
import {
  addWord,
  allDictionaries,
  allPresets,
  applyPreset as apply,
  archiveField as archive,
  changeField as change,
  changeWord,
  defineField,
  orderFields as order,
  orderWords,
  removeField,
  restoreField as restore,
  restoreWord,
  retireWord,
} from "@/api/generated/fields";
import type {
  DictionaryOut,
  EntryOut,
  EntryPatch,
  FieldIn,
  FieldPatch,
  Place,
  PresetOut,
} from "@/api/generated/zhike.schemas";

/** The generated client in the words of this room, with narrower shapes where the description of the
 * API only says "text" (server: zhike/fields/builtin.py). */

export type Words = DictionaryOut;
export type Entry = EntryOut;
export type EntryChange = EntryPatch;
export type Preset = PresetOut;
export type { Place };

/** What is said of a field; the type only when it is made. */
export interface FieldChange {
  label?: string;
  section?: string;
  help?: string;
  need?: Need;
  default?: FieldJson;
  rule?: ValueRule;
  group?: string;
  kinds?: string[];
  weight?: number;
}

export interface NewChoice {
  label: string;
  color: string;
}

export interface NewField extends FieldChange {
  of: FieldOf;
  label: string;
  type: OwnType;
  choices?: NewChoice[];
}

export const listAllFields = (of: FieldOf) => getFields(of, true);
export const addField = (body: NewField) => defineField(body as FieldIn) as Promise<Definition>;
export const changeField = ({ of, key, version }: Definition, body: FieldChange) =>
  change(of, key, { ...body, version } as FieldPatch) as Promise<Definition>;

type Named = Pick<Definition, "of" | "key">;
export const archiveField = ({ of, key }: Named) => archive(of, key);
export const restoreField = ({ of, key }: Named) => restore(of, key);
export const deleteField = ({ of, key }: Named) => removeField(of, key);
export const orderFields = (of: FieldOf, items: Place[]) => order({ of, items });

export const listPresets = () => allPresets();
export const applyPreset = (name: string) => apply(name) as Promise<{ items: Definition[] }>;

export const listDictionaries = () => allDictionaries();
export const addEntry = (name: string, body: NewChoice) => addWord(name, body);
export const changeEntry = (name: string, value: string, body: EntryChange) =>
  changeWord(name, value, body);
export const orderEntries = (name: string, values: string[]) => orderWords(name, { values });
export const retireEntry = (name: string, value: string, replace_by: string | null) =>
  retireWord(name, value, { replace_by });
export const reviveEntry = (name: string, value: string) => restoreWord(name, value);
