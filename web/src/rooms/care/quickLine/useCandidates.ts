import { useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { search } from "@/api/generated/customers";
import type { Hit } from "@/api/generated/zhike.schemas";
import { useMe } from "@/api/queries";
import { phoneText } from "@/lib/phones";
import { recentCustomers } from "@/lib/recent";
import { useSettled } from "@/lib/screen";
import type { CustomerRef } from "@/rooms/care/logging";
import { useToday } from "@/rooms/care/queries";
import { guesses } from "@/rooms/care/quickLine/naming";

const TYPING_PAUSE = 120;
const SHOWN = 6;
const SHOWN_DUE = 5;

export interface Candidate extends CustomerRef {
  aside: string;
  /** The word it was found by, and whether that is all of what stood there. */
  by: string;
  isWhole: boolean;
}

interface Group {
  heading: string;
  lines: Candidate[];
}

/** Whom a word may mean; without a word those looked at lately, and those due. */
export function useCandidates(word: string) {
  const { t } = useLingui();
  const query = useSettled(word, TYPING_PAUSE);
  const { data, error, isFetching } = useQuery({
    queryKey: ["search", "named", query],
    queryFn: ({ signal }) => found(query, signal),
    enabled: query !== "",
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
  const recent = useRecent();
  const due = useDue(recent);
  const usual: Group[] = [
    { heading: t`最近看过`, lines: recent },
    { heading: t`今天该联系`, lines: due },
  ];
  const hits = word === "" ? [] : (data ?? []);
  const isSettled = query === word && !isFetching;
  const isUnknown = word !== "" && hits.length === 0 && isSettled;
  const groups =
    hits.length > 0 ? [{ heading: "", lines: hits }] : word === "" || isUnknown ? usual : [];
  return { groups: groups.filter(({ lines }) => lines.length > 0), isUnknown, error };
}

/** The customers found by the word, or by the longest beginning of it that finds any. */
async function found(word: string, signal: AbortSignal): Promise<Candidate[]> {
  for (const by of guesses(word)) {
    const { items } = await search({ q: by, limit: SHOWN }, { signal });
    if (items.length > 0)
      return items.map((hit) => ({
        id: hit.id,
        name: hit.name,
        aside: [hit.contact_name, hit.phone && phoneText(hit.phone)].filter(Boolean).join(" "),
        by,
        isWhole: by === word && tellsWhich(hit),
      }));
  }
  return [];
}

/** A contact's name is part of what was said: 周总说贵 is about 周总, it does not only name the file. */
function tellsWhich({ match }: Hit): boolean {
  return match !== "contact";
}

function useRecent(): Candidate[] {
  const me = useMe();
  return recentCustomers(me.id).map(({ id, name, code }) => ({
    id,
    name,
    aside: code,
    ...UNNAMED,
  }));
}

function useDue(known: Candidate[]): Candidate[] {
  const { data } = useToday();
  const due = [...(data?.due ?? []), ...(data?.overdue ?? [])].flatMap(({ customer }) =>
    customer && !known.some((one) => one.id === customer.id) ? [customer] : [],
  );
  const once = due.filter((one, at) => due.findIndex(({ id }) => id === one.id) === at);
  return once
    .slice(0, SHOWN_DUE)
    .map(({ id, name, contact_name }) => ({ id, name, aside: contact_name, ...UNNAMED }));
}

const UNNAMED = { by: "", isWhole: false };
