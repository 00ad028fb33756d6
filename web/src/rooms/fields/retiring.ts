import { useQuery } from "@tanstack/react-query";
import { countHolders } from "@/api/generated/fields";

/** How many records hold a word; undefined until it is known. */
export function useHolders(dictionary: string, value: string | undefined): number | undefined {
  const { data } = useQuery({
    queryKey: ["dictionaries", dictionary, value, "holders"],
    queryFn: ({ signal }) => countHolders(dictionary, value ?? "", { signal }),
    enabled: value !== undefined,
    staleTime: 0,
    retry: false,
  });
  return data?.records;
}
