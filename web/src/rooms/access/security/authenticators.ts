import { useQuery, useQueryClient } from "@tanstack/react-query";
import { listAuthenticators } from "@/api/factors";

const authenticatorKey = ["authenticators"] as const;

export function useAuthenticators() {
  return useQuery({ queryKey: authenticatorKey, queryFn: listAuthenticators });
}

/** Something about the second factors changed: the list, and what `me` says of them. */
export function useFactorsChanged(): () => Promise<void> {
  const cache = useQueryClient();
  return async () => {
    await cache.invalidateQueries({ queryKey: authenticatorKey });
    await cache.invalidateQueries({ queryKey: ["me"] });
  };
}
