import { useQuery } from "@tanstack/react-query";
import { getGetCareRulesUrl } from "@/api/generated/cadence";
import type { CareRulesOut } from "@/api/generated/zhike.schemas";
import { LONG_CONTENT } from "@/rooms/care/draft";
import { quietly } from "@/rooms/care/quickLine/quiet";

const MINUTE = 60_000;
/** Shorter than this a note is never called long, whatever the settings. */
const LEAST = 50;

/** Is a note of so many characters long, as the organisation sees it? */
export function useIsLong(length: number): boolean {
  const { data } = useQuery({
    queryKey: ["care-rules", "quietly"],
    queryFn: ({ signal }) => quietly<CareRulesOut>(getGetCareRulesUrl(), { method: "GET", signal }),
    enabled: length > LEAST,
    staleTime: 10 * MINUTE,
    retry: false,
  });
  return length > (data?.long_record ?? LONG_CONTENT);
}
