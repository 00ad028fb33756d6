import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import { type Definition, type FieldJson, isOwn, useAllWords, useFields } from "@/api/fields";
import type { Choice } from "@/api/types";
import { emptied } from "@/rooms/customers/facts/facts";
import { useOwnerChoices } from "@/rooms/customers/passing/owners";
import type { CustomerChange, Shown } from "@/rooms/customers/queries";
import type { CustomerRow } from "@/rooms/customers/rows";
import { FieldValue } from "@/ui/fields/FieldValue";
import type { CellEditor, CellValue, GridColumn } from "@/ui/grid/gridTypes";

const WIDTHS: Readonly<Record<string, number>> = {
  long_text: 220,
  text: 150,
  url: 170,
  date: 120,
  date_range: 210,
  choices: 170,
  money: 112,
  number: 100,
  yes_no: 84,
};
/** A column for every field that has none of its own: chosen by whoever wants it. Its values come
 * in `more`, asked for with `show`. */
export function useExtraColumns(shipped: ReadonlySet<string>): GridColumn<CustomerRow>[] {
  const { t } = useLingui();
  const { fields } = useFields("customer");
  const words = useAllWords();
  const people = useOwnerChoices();
  return useMemo(() => {
    const choicesOf = (field: Definition): Choice[] => {
      if (field.type === "person") return people;
      if (field.type === "yes_no") {
        return [
          { value: "yes", label: t`是` },
          { value: "no", label: t`否` },
        ];
      }
      return words[field.dictionary] ?? [];
    };
    return fields
      .filter((one) => !shipped.has(one.key) && one.type !== "attachment" && !one.archived)
      .map((field) => {
        const editor = field.is_fixed || field.may !== "edit" ? null : editorOf(field, choicesOf);
        return {
          id: field.key,
          title: field.label,
          width: WIDTHS[field.type] ?? 130,
          hidden: true,
          ...((field.type === "money" || field.type === "number") && { align: "end" as const }),
          ...(field.sortable && { sort: field.key }),
          render: (row: CustomerRow) => (
            <FieldValue field={field} value={held(row, field)} isCompact />
          ),
          ...(editor && { edit: editor }),
        };
      });
  }, [t, fields, words, people, shipped]);
}

function held(row: CustomerRow, field: Definition): FieldJson {
  return (row.more?.[field.key] as FieldJson | undefined) ?? null;
}

function editorOf(
  field: Definition,
  choicesOf: (field: Definition) => Choice[],
): CellEditor<CustomerRow> | null {
  const text = (row: CustomerRow) => {
    const value = held(row, field);
    return value === null ? null : String(value);
  };
  switch (field.type) {
    case "text":
    case "url":
    case "number":
      return { kind: "text", value: text };
    case "money":
      return { kind: "money", value: (row) => held(row, field) as number | null };
    case "date":
      return { kind: "day", value: text };
    case "choice":
    case "person":
      return { kind: "choice", value: text, choices: choicesOf(field) };
    case "yes_no":
      return {
        kind: "choice",
        value: (row) => {
          const value = held(row, field);
          return value === null ? null : value ? "yes" : "no";
        },
        choices: choicesOf(field),
      };
    default:
      return null;
  }
}

/** What a cell of such a column sends, and how its row looks at once. */
export function extraChange(
  row: CustomerRow,
  field: Definition,
  typed: CellValue,
): { change: CustomerChange; shown: Shown } {
  const value =
    typed === null || typed === ""
      ? null
      : field.type === "person"
        ? Number(typed)
        : field.type === "yes_no"
          ? typed === "yes"
          : typed;
  const kept = value ?? emptied(field);
  const change = isOwn(field) ? { custom: { [field.key]: kept } } : { [field.key]: kept };
  return {
    change: change as CustomerChange,
    shown: { more: { ...row.more, [field.key]: value } },
  };
}
