import { useQuery, useQueryClient } from "@tanstack/react-query";
import { choiceKey, type FieldOf, fieldKey } from "@/api/fields";
import { listAllFields, listDictionaries, listPresets } from "@/rooms/fields/fieldApi";

export const wordKey = ["dictionaries"] as const;
export const allFieldsKey = (of: FieldOf) => [...fieldKey, of, "all"] as const;
const presetKey = ["field-presets"] as const;

/** Every field of a kind of record, archived and hidden ones too. */
export function useAllFields(of: FieldOf) {
  return useQuery({ queryKey: allFieldsKey(of), queryFn: () => listAllFields(of) });
}

export function useDictionaries() {
  return useQuery({ queryKey: wordKey, queryFn: listDictionaries });
}

export function usePresets(enabled: boolean) {
  return useQuery({ queryKey: presetKey, queryFn: listPresets, enabled });
}

/** What a change of fields or words makes old, all over the product. */
export function useFieldRefresh() {
  const cache = useQueryClient();
  return async () => {
    await Promise.all([
      cache.invalidateQueries({ queryKey: fieldKey }),
      cache.invalidateQueries({ queryKey: wordKey }),
    ]);
    for (const queryKey of [
      choiceKey,
      presetKey,
      ["customers"],
      ["customer"],
      ["rights"],
      ["exports", "views"],
    ]) {
      void cache.invalidateQueries({ queryKey });
    }
  };
}
