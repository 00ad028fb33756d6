import { useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { search } from "@/api/generated/customers";
import { phoneText } from "@/lib/phones";
import { useIsOnline } from "@/lib/screen";
import { type Answer, type Candidate, knownIn, matched } from "@/rooms/care/quickLine/matching";
import { type Naming, shorter } from "@/rooms/care/quickLine/naming";
import { useKnown } from "@/rooms/care/quickLine/useKnown";

const SHOWN = 6;

interface Group {
  heading: string;
  lines: Candidate[];
}

/** Whom the words of a sentence may mean, and who of them surely is meant; below stand those looked
 * at lately and those due, as far as nobody was found. */
export function useCandidates(text: string, namings: Naming[]) {
  const { t } = useLingui();
  const isOnline = useIsOnline();
  const { recent, due, all } = useKnown();
  const words = namings.map((naming) => naming.words);
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    queryKey: ["search", "named", ...words],
    queryFn: ({ signal }) => answersTo(namings, signal),
    enabled: isOnline && words.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
  const asked = isOnline && words.length > 0 ? (data ?? []) : [];
  const isSettled = !isOnline || words.length === 0 || !(isFetching || isPlaceholderData);
  const { candidates, sure } = matched(text, namings, [...asked, ...knownIn(text, namings, all)]);
  const found = candidates.slice(0, SHOWN);
  const others = (lines: Group["lines"]) =>
    lines.filter(({ id }) => !found.some((one) => one.id === id));
  const isFound = found.length > 0;
  const usual = [
    { heading: t`最近看过`, lines: others(recent.map(unnamed)) },
    { heading: t`今天该联系`, lines: others(due.map(unnamed)) },
  ];
  const groups = [{ heading: "", lines: found }, ...(sure ? [] : usual)];
  return {
    groups: groups.filter(({ lines }) => lines.length > 0),
    sure: isSettled ? sure : null,
    isFound,
    isSettled,
    isOnline,
    error: isOnline ? error : null,
  };
}

/** What each of the words finds; where none finds anybody, ever shorter beginnings of the likeliest. */
async function answersTo(namings: Naming[], signal: AbortSignal): Promise<Answer[]> {
  const whole = await Promise.all(namings.map(({ words }) => answerTo(words, words, signal)));
  if (whole.some(({ hits }) => hits.length > 0)) return whole;
  for (const naming of namings.slice(0, 1))
    for (const by of shorter(naming)) {
      const answer = await answerTo(naming.words, by, signal);
      if (answer.hits.length > 0) return [answer];
    }
  return [];
}

async function answerTo(words: string, by: string, signal: AbortSignal): Promise<Answer> {
  const { items } = await search({ q: by, limit: SHOWN }, { signal });
  const hits = items.map(({ id, name, contact_name, phone, match }) => ({
    ...{ id, name, match, contact: contact_name },
    aside: [contact_name, phone && phoneText(phone)].filter(Boolean).join(" "),
  }));
  return { words, by, hits };
}

function unnamed({ id, name, aside }: Omit<Candidate, "by" | "isWhole">): Candidate {
  return { id, name, aside, by: "", isWhole: false };
}
