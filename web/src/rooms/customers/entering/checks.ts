import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { check } from "@/api/generated/quality";
import type { CheckIn, Warned } from "@/api/generated/zhike.schemas";
import { useSettled } from "@/lib/screen";

const TYPING_PAUSE = 500;

/** What the server would say to a form as it stands; asked while one types, nothing is kept.
 * `form` null asks nothing. */
export function useChecks(form: CheckIn | null): Warned[] {
  const asked = useSettled(form ? JSON.stringify(form) : "", TYPING_PAUSE);
  const { data } = useQuery({
    queryKey: ["check", asked],
    queryFn: ({ signal }) => check(JSON.parse(asked) as CheckIn, { signal }),
    enabled: asked !== "",
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  return asked ? (data?.problems ?? NONE) : NONE;
}

const NONE: Warned[] = [];
