import { useQueries } from "@tanstack/react-query";
import { findRegions } from "@/api/generated/fields";

const CODE = /^\d{6}$/;

/** The whole names of divisions by their codes: 浙江省杭州市 for 330100. Until a name is there, and
 * for what is no division, the code stands for itself. */
export function useRegionNames(codes: readonly string[]): (code: string) => string {
  const asked = [...new Set(codes)].filter((code) => CODE.test(code));
  const names = useQueries({
    queries: asked.map((code) => ({
      queryKey: ["regions", "name", code],
      queryFn: async () => {
        const { items } = await findRegions({ q: code });
        return items.find((one) => one.code === code)?.label ?? code;
      },
      staleTime: Number.POSITIVE_INFINITY,
    })),
    combine: (found) => Object.fromEntries(found.map(({ data }, at) => [asked[at], data])),
  });
  return (code) => names[code] ?? code;
}
