import { useEffect, useMemo, useRef } from "react";
import { useDictionary } from "@/api/fields";
import { works } from "@/api/people";
import { useMe, usePeople } from "@/api/queries";
import { today } from "@/lib/days";
import type { FollowUpDraft, NextPlan } from "@/rooms/care/draft";
import { usualWay } from "@/rooms/care/drafts";
import { filled, type Known, openQuestion } from "@/rooms/care/quickLine/filling";
import { carried, type Kind, type Mark, marksOf } from "@/rooms/care/quickLine/marks";
import { useBudgetOnFile } from "@/rooms/care/quickLine/useBudgetOnFile";
import { type Read, useReading } from "@/rooms/care/quickLine/useReading";
import { useSuggestion } from "@/rooms/care/quickLine/useSuggestion";

/** Reads what is typed for a customer and fills the draft with it, as long as no hand has chosen
 * otherwise. */
export function useUnderstanding(
  customer: number,
  draft: FollowUpDraft,
  change: (part: Partial<FollowUpDraft>) => void,
) {
  const budgetOnFile = useBudgetOnFile(customer);
  const suggestion = useSuggestion(customer, draft.on ?? today(), draft.content.trim() !== "");
  const planned = suggestion?.isPlanned ? suggestion.plan : null;
  const known = useKnown(budgetOnFile !== null, planned);
  const { read, isSettled, hurry } = useReading(draft.content, customer);
  const latest = useRef(draft);
  latest.current = draft;
  useEffect(() => {
    const now = latest.current;
    if (read.of !== now.content || read.customer !== customer) return;
    const part = filled(now, read.reading, known);
    if (!isIn(now, part)) change(part);
  }, [read, known, customer, change]);
  const all = useMarks(read, draft.content);
  // While one writes on, what was asked stays: the card must not jump with every key.
  const isHere = read.customer === customer && draft.content.trim() !== "";
  const question = openQuestion(draft, isHere ? read.reading : null);
  const marks = all.filter(({ kind }) => isFilled(kind, draft, question !== null));
  return { read, isSettled, hurry, marks, question, budgetOnFile, suggestion };
}

/** Where in the text something was understood, also while it is edited and not yet read again. */
export function useMarks(read: Read, text: string): Mark[] {
  return useMemo(
    () => (read.reading ? carried(marksOf(read.of, read.reading.spans), read.of, text) : []),
    [read, text],
  );
}

function useKnown(mayBudget: boolean, planned: NextPlan | null): Known {
  const me = useMe();
  const ways = useDictionary("way");
  const responses = useDictionary("response");
  const { data: people } = usePeople();
  const usual = usualWay(me.id);
  return useMemo(
    () => ({
      ways,
      responses,
      colleagues: (people?.items ?? []).filter(works),
      usualWay: usual,
      mayBudget,
      planned,
    }),
    [ways, responses, people, usual, mayBudget, planned],
  );
}

/** A colour in the sentence says that a chip came of it: it goes when the chip is taken away. */
function isFilled(kind: Kind, draft: FollowUpDraft, isAsked: boolean): boolean {
  switch (kind) {
    case "when":
      return draft.on !== null || !draft.byHand.includes("on");
    case "who":
      return draft.contactId !== null || draft.person !== null;
    case "answer":
      return draft.response !== null;
    case "need":
      return draft.feedback !== "";
    case "money":
      return draft.budget !== "" || draft.result !== "";
    case "next":
      return draft.next !== null || isAsked;
    case "todo":
      return draft.todos.length > 0;
    case "vague":
      return draft.next !== null || isAsked;
    case "way":
      return true;
  }
}

function isIn(draft: FollowUpDraft, part: Partial<FollowUpDraft>): boolean {
  const names = Object.keys(part) as (keyof FollowUpDraft)[];
  return names.every((name) => JSON.stringify(draft[name]) === JSON.stringify(part[name]));
}
