import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import {
  addChecklist,
  addPhrase,
  addTemplate,
  changeChecklist,
  changePhrase,
  changeTemplate,
  checklistsOfCustomer,
  listChecklists,
  listPhrases,
  listTemplates,
  usePhrase as notePhraseUsed,
  orderChecklists,
  orderPhrases,
  orderTemplates,
  removeChecklist,
  removePhrase,
  removeTemplate,
  restoreChecklist,
  restorePhrase,
  restoreTemplate,
  tick,
  untick,
} from "@/api/generated/sheets";
import type {
  ChecklistIn,
  ChecklistOut,
  ChecklistPatch,
  CustomerChecklists,
  PhraseIn,
  PhraseOut,
  PhrasePatch,
  PhrasesOut,
  TemplateIn,
  TemplateOut,
  TemplatePatch,
} from "@/api/generated/zhike.schemas";
import { useMe } from "@/api/queries";
import { withTick } from "@/rooms/care/sheets/ticking";

/** The three kinds of sheets, as the settings name them. */
export type SheetKind = "templates" | "phrases" | "checklists";

export const sheetKeys = {
  templates: ["templates"] as const,
  phrases: ["phrases"] as const,
  checklists: ["checklists"] as const,
  ofCustomer: (customer: number) => ["customer-checklists", customer] as const,
};

const RARELY_CHANGES = 5 * 60_000;

export function useTemplates(isWanted = true) {
  return useQuery({
    queryKey: sheetKeys.templates,
    queryFn: ({ signal }) => listTemplates({ signal }),
    staleTime: RARELY_CHANGES,
    enabled: isWanted,
  });
}

export function useChecklists() {
  return useQuery({
    queryKey: sheetKeys.checklists,
    queryFn: ({ signal }) => listChecklists({ signal }),
  });
}

interface PhrasesFor {
  /** Those that suit this customer come first. */
  customer?: number;
  /** Only those that answer this, in the customer's own words. */
  objection?: string;
}

/** How much of an objection the server looks at. */
const MOST_WORDS = 200;

export function usePhrases({ customer, objection }: PhrasesFor = {}, isWanted = true) {
  const words = objection && [...objection].slice(0, MOST_WORDS).join("");
  const wanted = { ...(customer && { customer }), ...(words && { objection: words }) };
  return useQuery({
    queryKey: [...sheetKeys.phrases, wanted],
    queryFn: ({ signal }) => listPhrases(wanted, { signal }),
    staleTime: 60_000,
    enabled: isWanted,
  });
}

export function useCustomerChecklists(customer: number) {
  return useQuery({
    queryKey: sheetKeys.ofCustomer(customer),
    queryFn: ({ signal }) => checklistsOfCustomer(customer, { signal }),
  });
}

/** What the settings do with one kind of sheet. */
export interface SheetActions<Sheet, Said, Patch> {
  list: () => Promise<{ items: Sheet[] }>;
  add: (said: Said) => Promise<Sheet>;
  change: (id: number, patch: Patch) => Promise<Sheet>;
  remove: (id: number) => Promise<void>;
  restore: (id: number) => Promise<Sheet>;
  order: (ids: number[]) => Promise<void>;
}

export const templateActions: SheetActions<TemplateOut, TemplateIn, TemplatePatch> = {
  list: () => listTemplates(),
  add: addTemplate,
  change: changeTemplate,
  remove: removeTemplate,
  restore: restoreTemplate,
  order: (ids) => orderTemplates({ ids }),
};

export const phraseActions: SheetActions<PhraseOut, PhraseIn, PhrasePatch> = {
  list: () => listPhrases(),
  add: addPhrase,
  change: changePhrase,
  remove: removePhrase,
  restore: restorePhrase,
  order: (ids) => orderPhrases({ ids }),
};

export const checklistActions: SheetActions<ChecklistOut, ChecklistIn, ChecklistPatch> = {
  list: () => listChecklists(),
  add: addChecklist,
  change: changeChecklist,
  remove: removeChecklist,
  restore: restoreChecklist,
  order: (ids) => orderChecklists({ ids }),
};

/** Everything that shows sheets of a kind, fetched again. */
export function refreshSheets(cache: QueryClient, kind: SheetKind): Promise<void> {
  if (kind === "checklists") void cache.invalidateQueries({ queryKey: ["customer-checklists"] });
  return cache.invalidateQueries({ queryKey: sheetKeys[kind] });
}

/** Counts that a phrase was used; what is used more comes first next time. */
export function useNoteUse(customer: number | undefined) {
  const cache = useQueryClient();
  return async (phrase: PhraseOut): Promise<void> => {
    const { used } = await notePhraseUsed(phrase.id, customer ? { customer_id: customer } : {});
    // The list stays in its order while one looks at it.
    cache.setQueriesData<PhrasesOut>(
      { queryKey: sheetKeys.phrases },
      (list) =>
        list && {
          items: list.items.map((one) => (one.id === phrase.id ? { ...one, used } : one)),
        },
    );
  };
}

/** Ticks a step off, or takes the tick back: shown at once, and as it was where it is refused. */
export function useTicking(customer: number) {
  const me = useMe();
  const cache = useQueryClient();
  const key = sheetKeys.ofCustomer(customer);
  const underWay = useRef(0);
  const show = (list: number, step: string, isDone: boolean) =>
    cache.setQueryData<CustomerChecklists>(
      key,
      (lists) => lists && withTick(lists, list, step, isDone ? { id: me.id, name: me.name } : null),
    );
  return async (list: number, step: string, isDone: boolean): Promise<void> => {
    underWay.current += 1;
    await cache.cancelQueries({ queryKey: key });
    show(list, step, isDone);
    try {
      await (isDone ? tick : untick)(customer, list, step);
      void cache.invalidateQueries({ queryKey: ["timeline", customer] });
    } catch (error) {
      show(list, step, !isDone);
      throw error;
    } finally {
      underWay.current -= 1;
      // While another tick is on its way, a list from before it would take it back on the screen.
      if (underWay.current === 0) void cache.invalidateQueries({ queryKey: key });
    }
  };
}
