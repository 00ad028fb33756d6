import { useQuery } from "@tanstack/react-query";
import { request } from "@/api/client";

/** How many records hold a word; undefined until it is known. */
export function useHolders(dictionary: string, value: string | undefined): number | undefined {
  const { data } = useQuery({
    queryKey: ["dictionaries", dictionary, value, "holders"],
    queryFn: () => countHolders(dictionary, value ?? ""),
    enabled: value !== undefined,
    staleTime: 0,
    retry: false,
  });
  return data?.records;
}

export const countHolders = (dictionary: string, value: string) =>
  request<{ records: number }>(
    "GET",
    `/dictionaries/${encodeURIComponent(dictionary)}/entries/${encodeURIComponent(value)}/retirement`,
  );
