import { useLingui } from "@lingui/react/macro";
import { type Definition, useWords } from "@/api/fields";
import { usePeople } from "@/api/queries";
import { calendarText } from "@/lib/days";
import { moneyText } from "@/lib/money";
import type { Condition, Op } from "@/rooms/customers/list/conditions";

/** What one says between a field and its value: 合同金额 不少于 50万. */
export function useOpWords(type: string): Record<Op, string> {
  const { t } = useLingui();
  const isDay = type === "date";
  const isRange = type === "date_range";
  return {
    has: type === "region" ? t`在` : isRange ? t`含` : t`包含`,
    eq: type === "text" || type === "url" || isDay ? t`就是` : t`是`,
    ne: t`不是`,
    in: type === "choices" ? t`含` : t`是`,
    ge: isRange ? t`结束不早于` : isDay ? t`不早于` : t`不少于`,
    le: isRange ? t`开始不晚于` : isDay ? t`不晚于` : t`不超过`,
    empty: type === "attachment" ? t`没有文件` : t`没填`,
    filled: type === "attachment" ? t`有文件` : t`填了`,
  };
}

/** The value of a condition as one says it. */
export function useValueWords(field: Definition, condition: Condition): string {
  const { t } = useLingui();
  const words = useWords(field.dictionary);
  const { data: people } = usePeople();
  const { value } = condition;
  switch (field.type) {
    case "choice":
    case "choices":
      return value
        .split(",")
        .map((one) => words.find((word) => word.value === one)?.label ?? one)
        .join(t`或`);
    case "money":
      return moneyText(Number(value));
    case "date":
    case "date_range":
      return /^\d{4}-\d{2}-\d{2}$/.test(value) ? calendarText(value) : value;
    case "yes_no":
      return value === "true" ? t`是` : t`否`;
    case "person":
      if (value === "me") return t`我自己`;
      return people?.items.find((one) => String(one.id) === value)?.label ?? value;
    default:
      return value;
  }
}
