import { useCallback, useSyncExternalStore } from "react";
import { dropStored, readStored, writeStored } from "@/lib/stored";
import { emptyDraft, type FollowUpDraft, isEmptyDraft } from "@/rooms/care/draft";

/** Drafts by person and customer. The line on the page and the drawer write the same one, and a
 * reload finds it again: what was typed is never lost. */
const drafts = new Map<string, FollowUpDraft>();
const listeners = new Set<() => void>();

function keyOf(person: number, customer: number): string {
  return `follow-up.${person}.${customer}`;
}

export function readDraft(person: number, customer: number): FollowUpDraft {
  const key = keyOf(person, customer);
  let draft = drafts.get(key);
  if (!draft) {
    const empty = emptyDraft(usualWay(person));
    draft = { ...empty, ...readStored<Partial<FollowUpDraft>>(key, {}) };
    drafts.set(key, draft);
  }
  return draft;
}

export function changeDraft(person: number, customer: number, part: Partial<FollowUpDraft>): void {
  const key = keyOf(person, customer);
  const draft = { ...readDraft(person, customer), ...part };
  drafts.set(key, draft);
  if (isEmptyDraft(draft)) dropStored(key);
  else writeStored(key, draft);
  tell();
}

/** After saving: the page is blank again, and begins with the way used last. */
export function dropDraft(person: number, customer: number): void {
  const { way } = readDraft(person, customer);
  if (way) writeStored(`way.${person}`, way);
  const key = keyOf(person, customer);
  dropStored(key);
  // Other blank drafts would begin with the way of before.
  for (const [other, draft] of drafts) if (isEmptyDraft(draft)) drafts.delete(other);
  drafts.delete(key);
  tell();
}

export interface DraftInHand {
  draft: FollowUpDraft;
  change: (part: Partial<FollowUpDraft>) => void;
}

export function useDraft(person: number, customer: number): DraftInHand {
  const draft = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => readDraft(person, customer),
  );
  const change = useCallback(
    (part: Partial<FollowUpDraft>) => changeDraft(person, customer, part),
    [person, customer],
  );
  return { draft, change };
}

/** The way used last: what a new follow-up begins with. */
export function usualWay(person: number): string {
  return readStored(`way.${person}`, "phone");
}

function tell(): void {
  for (const listener of listeners) listener();
}
