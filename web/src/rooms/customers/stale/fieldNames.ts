import { t } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import { useFields } from "@/api/fields";
import { moneyText } from "@/lib/money";

/** What people call the fields of a customer, as they are defined, and what stands beside them. */
export function useFieldNames(): Record<string, string> {
  const { t } = useLingui();
  const { fields } = useFields("customer");
  return useMemo(
    () => ({
      owner_id: t`负责人`,
      owner: t`负责人`,
      tags: t`标签`,
      region_code: fields.find(({ key }) => key === "region")?.label ?? "",
      ...Object.fromEntries(fields.map(({ key, label }) => [key, label])),
    }),
    [t, fields],
  );
}

const MONEY: ReadonlySet<string> = new Set(["contract_amount", "deal_amount"]);

/** A field's value in words, for comparing two of them. */
export function fieldText(field: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return t`（空）`;
  if (typeof value === "boolean") return value ? t`是` : t`否`;
  if (typeof value === "number") return MONEY.has(field) ? moneyText(value) : String(value);
  if (Array.isArray(value)) return value.map((one) => fieldText(field, one)).join("、");
  if (typeof value === "object") return String((value as { name?: string }).name ?? "");
  return String(value);
}
