import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { findIndustries } from "@/api/generated/fields";
import { useSettled } from "@/lib/screen";

const TYPING_PAUSE = 180;

/** Industries of the national list, and the finer ones of the organisation, that fit what is typed;
 * asked for once the typing pauses. */
export function useFoundIndustries(typed: string): { code: string; label: string }[] {
  const asked = useSettled(typed.trim(), TYPING_PAUSE);
  const { data } = useQuery({
    queryKey: ["industries", "found", asked],
    queryFn: ({ signal }) => findIndustries({ q: asked }, { signal }),
    enabled: asked !== "",
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return asked ? (data?.items ?? []) : [];
}
