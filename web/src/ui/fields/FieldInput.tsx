import { useLingui } from "@lingui/react/macro";
import { Input, InputNumber, Select } from "antd";
import type { ReactNode } from "react";
import { type Definition, type FieldJson, isSealed, onOffer, useWords } from "@/api/fields";
import { Chip } from "@/ui/Chip";
import { DayInput } from "@/ui/DayInput";
import { BirthdayInput } from "@/ui/fields/BirthdayInput";
import { DayRangeInput } from "@/ui/fields/DayRangeInput";
import { IndustryInput } from "@/ui/fields/IndustryInput";
import { PersonSelect } from "@/ui/fields/PersonSelect";
import { RegionInput, type RegionValue } from "@/ui/fields/RegionInput";
import { MoneyInput } from "@/ui/MoneyInput";
import { Pills } from "@/ui/Pills";
import { TabLeaves } from "@/ui/TabLeaves";
import "@/ui/fields/fields.css";

/** What a field holds while it is edited: as on the wire, a region with its words. */
export type FieldDraft = FieldJson | RegionValue;

/** The part of a definition an input asks for. */
export type InputField = Pick<Definition, "label" | "type" | "dictionary" | "rule" | "need">;

interface FieldInputProps {
  field: InputField;
  value?: FieldDraft | undefined;
  /** Null: emptied. */
  onChange?: (value: FieldDraft) => void;
  id?: string | undefined;
  autoFocus?: boolean | undefined;
  disabled?: boolean | undefined;
  /** A sealed value as the server masks it: it is written anew, never edited. */
  masked?: string | undefined;
  /** Takes and shows the files of an attachment field. */
  upload?: ReactNode;
  /** The words to choose from, where they are not yet a dictionary. */
  choices?: { value: string; label: string; color?: string | undefined }[] | undefined;
  /** The rest of an address pasted into a region. */
  onStreet?: ((street: string) => void) | undefined;
  placeholder?: string | undefined;
}

const LONGEST = 200;
const LONGEST_TEXT = 2000;

/** The input that fits a field, whatever its type. Works inside Form.Item; its name for screen
 * readers is the label of the field. */
export function FieldInput(props: FieldInputProps) {
  const { t } = useLingui();
  const { field, value, onChange, disabled, autoFocus } = props;
  const text = typeof value === "string" ? value : "";
  const change = (next: FieldDraft) => onChange?.(next);
  const common = {
    ...(props.id && { id: props.id }),
    autoFocus: autoFocus ?? false,
    disabled: disabled ?? false,
    "aria-label": field.label,
  };
  const typing = {
    ...common,
    value: text,
    autoComplete: "off",
    maxLength: field.rule?.longest ?? LONGEST,
    placeholder: props.placeholder ?? (props.masked ? t`${props.masked}，重新填写才会改` : ""),
    onChange: (event: { target: { value: string } }) => change(event.target.value || null),
  };
  switch (field.type) {
    case "long_text":
      return (
        <Input.TextArea
          {...typing}
          maxLength={field.rule?.longest ?? LONGEST_TEXT}
          autoSize={{ minRows: 2, maxRows: 8 }}
        />
      );
    case "number":
      return (
        <InputNumber
          {...common}
          className="number-input"
          stringMode
          controls={false}
          inputMode="decimal"
          value={value === undefined || value === "" ? null : (value as string | null)}
          onChange={(next) => change(next === null ? null : String(next))}
        />
      );
    case "money":
      return (
        <MoneyInput
          {...common}
          value={typeof value === "number" ? value : null}
          onChange={(fen) => change(fen)}
        />
      );
    case "date":
      return <DayInput {...common} quick="back" value={text || null} onChange={change} />;
    case "date_range":
      return (
        <DayRangeInput
          id={props.id}
          label={field.label}
          autoFocus={autoFocus}
          value={Array.isArray(value) ? (value as [string | null, string | null]) : null}
          onChange={change}
        />
      );
    case "choice":
    case "choices":
      return <WordsSelect {...props} />;
    case "yes_no":
      return (
        <Pills
          label={field.label}
          value={value === true ? "yes" : value === false ? "no" : null}
          options={[
            { value: "yes", label: t`是` },
            { value: "no", label: t`否` },
          ]}
          mayClear={field.need !== "required"}
          onChange={(next) => change(next === null ? null : next === "yes")}
        />
      );
    case "person":
      return (
        <PersonSelect
          {...common}
          value={typeof value === "number" ? value : null}
          onChange={change}
        />
      );
    case "industry":
      return <IndustryInput {...common} value={text} onChange={change} />;
    case "region":
      return (
        <RegionInput
          {...common}
          value={isRegion(value) ? value : null}
          onChange={change}
          onStreet={props.onStreet}
        />
      );
    case "birthday":
      return (
        <BirthdayInput
          id={props.id}
          label={field.label}
          disabled={disabled}
          value={text}
          onChange={change}
        />
      );
    case "attachment":
      return props.upload ?? <Input {...common} disabled placeholder={t`保存后就能传文件`} />;
    case "phone":
    case "mobile":
    case "landline":
      return <Input {...typing} type="tel" inputMode="tel" />;
    case "email":
      return <Input {...typing} type="email" inputMode="email" autoCapitalize="none" />;
    case "url":
      return (
        <Input
          {...typing}
          type="url"
          inputMode="url"
          autoCapitalize="none"
          placeholder={props.placeholder ?? "https://"}
        />
      );
    default:
      return <Input {...typing} autoCapitalize={isSealed(field) ? "none" : "sentences"} />;
  }
}

/** One word of a dictionary or several, in their colours; one may type to find. */
function WordsSelect({ field, value, onChange, ...props }: FieldInputProps) {
  const { t } = useLingui();
  const words = useWords(field.dictionary);
  const choices = props.choices ?? onOffer(words, ...[value].flat());
  const isMany = field.type === "choices";
  const chip = (one: { label?: ReactNode; value?: unknown }) => {
    const choice = choices.find(({ value: word }) => word === one.value);
    return choice?.color ? <Chip color={choice.color}>{choice.label}</Chip> : one.label;
  };
  return (
    <TabLeaves>
      <Select
        {...(props.id && { id: props.id })}
        {...(isMany && { mode: "multiple" as const })}
        aria-label={field.label}
        autoFocus={props.autoFocus ?? false}
        disabled={props.disabled ?? false}
        allowClear={isMany || field.need !== "required"}
        showSearch={{ optionFilterProp: "label" }}
        placeholder={props.placeholder ?? (isMany ? t`可以选几个` : t`请选择`)}
        notFoundContent={t`没有这个选项`}
        options={choices.map((one) => ({ value: one.value, label: one.label }))}
        optionRender={chip}
        labelRender={chip}
        value={(isMany ? (Array.isArray(value) ? value : []) : (value as string) || null) as never}
        onChange={(next: unknown) => {
          const many = Array.isArray(next) ? (next as string[]) : null;
          if (isMany) onChange?.(many?.length ? many : null);
          else onChange?.((next as string | undefined) ?? null);
        }}
      />
    </TabLeaves>
  );
}

function isRegion(value: unknown): value is RegionValue {
  return typeof value === "object" && value !== null && "code" in value;
}
