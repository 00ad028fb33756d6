import { useQueries } from "@tanstack/react-query";
import { workYear } from "@/api/generated/cadence";
import { type NamedDay, Workdays } from "@/lib/workdays";

const A_DAY = 24 * 60 * 60_000;

/** The working days of the years given; weekends alone until they are known. */
export function useWorkdays(...years: readonly number[]): Workdays {
  return useQueries({
    queries: [...new Set(years)].map((year) => ({
      queryKey: ["workdays", year],
      queryFn: ({ signal }: { signal: AbortSignal }) => workYear({ year }, { signal }),
      staleTime: A_DAY,
      retry: false,
    })),
    combine: joined,
  });
}

function joined(found: readonly { data?: { days: NamedDay[] } }[]): Workdays {
  return new Workdays(found.flatMap(({ data }) => data?.days ?? []));
}
