import type { PhraseOut } from "@/api/generated/zhike.schemas";
import type { Choice } from "@/api/types";

export interface PhraseFilter {
  words: string;
  stage: string | null;
  objection: string | null;
}

/** The phrases that meet the filter, in their order. */
export function narrowed(phrases: PhraseOut[], filter: PhraseFilter): PhraseOut[] {
  const words = filter.words.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return phrases.filter((one) => {
    if (filter.stage && one.stage !== filter.stage) return false;
    if (filter.objection && one.objection !== filter.objection) return false;
    const text = [one.title, one.body, one.objection, ...one.tags].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The objections there are phrases for, in the order of the phrases. */
export function objectionsOf(phrases: PhraseOut[]): string[] {
  return [...new Set(inPlace(phrases).map(({ objection }) => objection))].filter(Boolean);
}

/** The stages there are phrases for, in the order of a deal. */
export function stagesOf(phrases: PhraseOut[], stages: Choice[]): Choice[] {
  const held = new Set(phrases.map(({ stage }) => stage));
  return stages.filter(({ value }) => held.has(value));
}

/** In the order the settings keep, whoever used which how often. */
export function inPlace<Sheet extends { position: number; id: number }>(sheets: Sheet[]): Sheet[] {
  return [...sheets].sort((one, other) => one.position - other.position || one.id - other.id);
}

export interface PhraseGroup {
  /** What it answers, or the stage it is for. */
  key: string;
  name: string;
  isObjection: boolean;
  phrases: PhraseOut[];
}

/** The phrases as the settings list them: by stage, then what answers an objection, by objection. */
export function grouped(phrases: PhraseOut[], stages: Choice[]): PhraseGroup[] {
  const ordered = inPlace(phrases);
  const plain = ordered.filter(({ objection }) => !objection);
  const known = new Set(stages.map(({ value }) => value));
  const others = [...new Set(plain.map(({ stage }) => stage))].filter((one) => !known.has(one));
  const byStage = [...stages, ...others.map((value) => ({ value, label: value }))].map(
    ({ value, label }) => ({
      key: `stage ${value}`,
      name: label,
      isObjection: false,
      phrases: plain.filter(({ stage }) => stage === value),
    }),
  );
  const byObjection = objectionsOf(phrases).map((name) => ({
    key: `objection ${name}`,
    name,
    isObjection: true,
    phrases: ordered.filter(({ objection }) => objection === name),
  }));
  return [...byStage, ...byObjection].filter((group) => group.phrases.length > 0);
}
