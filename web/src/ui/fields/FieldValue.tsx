import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { type Definition, type FieldJson, isSealed, useWords } from "@/api/fields";
import { usePeople } from "@/api/queries";
import { birthdayText } from "@/lib/birthdays";
import { calendarText } from "@/lib/days";
import { Chip } from "@/ui/Chip";
import { MaskedValue, type Reveal } from "@/ui/MaskedValue";
import { CalendarDay, Money } from "@/ui/values";
import "@/ui/fields/fields.css";

interface FieldValueProps {
  field: Pick<Definition, "label" | "type" | "dictionary">;
  value: FieldJson | undefined;
  /** Fetches the whole of a sealed value; absent without the right. */
  reveal?: Reveal | undefined;
  /** The files of an attachment field. */
  files?: ReactNode;
  /** In a list: one line, no links and no buttons. */
  isCompact?: boolean;
}

/** Is there anything to show? `false` is an answer, an empty list is none. */
export function hasValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((one) => one !== null && one !== "");
  return value !== null && value !== undefined && value !== "";
}

/** A value as people read it, whatever the type of its field. Nothing where there is none. */
export function FieldValue({ field, value, reveal, files, isCompact }: FieldValueProps) {
  const { t } = useLingui();
  if (field.type === "attachment") return files;
  if (!hasValue(value)) return null;
  const text = String(value);
  if (isSealed(field)) {
    const isPhone = ["phone", "mobile", "landline"].includes(field.type);
    if (isCompact) return <span className="number">{text}</span>;
    return (
      <MaskedValue
        masked={text}
        label={field.label}
        isPhone={isPhone}
        {...(reveal && { reveal })}
      />
    );
  }
  switch (field.type) {
    case "money":
      return <Money fen={value as number} />;
    case "number":
      return <span className="number">{numberText(text)}</span>;
    case "date":
      return <CalendarDay day={text} />;
    case "date_range":
      return <span className="number">{rangeText(value as (string | null)[])}</span>;
    case "choice":
      return <Words dictionary={field.dictionary} values={[text]} />;
    case "choices":
      return <Words dictionary={field.dictionary} values={value as string[]} />;
    case "yes_no":
      return value === true ? t`是` : t`否`;
    case "person":
      return <PersonName id={value as number} />;
    case "birthday":
      return birthdayText(text);
    case "url":
      if (isCompact || !/^https?:\/\//i.test(text)) return text;
      return (
        <a href={text} target="_blank" rel="noreferrer noopener">
          {text.replace(/^https?:\/\//i, "").replace(/\/$/, "")}
        </a>
      );
    case "long_text":
      return isCompact ? text : <span className="long-value">{text}</span>;
    default:
      return text;
  }
}

function Words({ dictionary, values }: { dictionary: string; values: string[] }) {
  const choices = useWords(dictionary);
  return (
    <span className="value-chips">
      {values.map((value) => {
        const choice = choices.find((one) => one.value === value);
        return (
          <Chip key={value} color={choice?.color}>
            {choice?.label ?? value}
          </Chip>
        );
      })}
    </span>
  );
}

function PersonName({ id }: { id: number }) {
  const { t } = useLingui();
  const { data } = usePeople();
  const person = data?.items.find((one) => one.id === id);
  return person ? person.label : data ? t`已离职的同事` : null;
}

/** 12,480.5: thousands marked, decimals as they are (a number may be longer than JavaScript's). */
function numberText(text: string): string {
  const [whole = "", rest] = text.split(".");
  const marked = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return rest ? `${marked}.${rest}` : marked;
}

/** 2025年3月8日 – 2026年3月7日; an open end stays open. */
function rangeText([from, until]: (string | null)[]): string {
  return `${from ? calendarText(from) : ""} – ${until ? calendarText(until) : ""}`.trim();
}
