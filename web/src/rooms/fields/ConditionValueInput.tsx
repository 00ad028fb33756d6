import { useLingui } from "@lingui/react/macro";
import { Select } from "antd";
import { useDictionary } from "@/api/fields";
import { useRegionNames } from "@/api/regions";
import type { ConditionValue, Fact } from "@/rooms/fields/ruleApi";
import { comparesFields } from "@/rooms/fields/sentence";
import { FieldInput, type InputField } from "@/ui/fields/FieldInput";
import { RegionInput } from "@/ui/fields/RegionInput";
import { TabLeaves } from "@/ui/TabLeaves";

interface ConditionValueInputProps {
  fact: Fact;
  op: string;
  facts: Fact[];
  value: ConditionValue;
  onChange: (value: ConditionValue) => void;
}

/** What a fact is compared with, asked for as the fact itself would be. */
export function ConditionValueInput(props: ConditionValueInputProps) {
  const { t } = useLingui();
  const { fact, op, facts, value, onChange } = props;
  if (comparesFields(op)) {
    const others = facts.filter((one) => one.type === "date" && one.name !== fact.name);
    return (
      <Select
        aria-label={t`和哪个日期比`}
        placeholder={t`哪个日期`}
        options={others.map(({ name, label }) => ({ value: name, label }))}
        value={value as string | null}
        onChange={onChange}
      />
    );
  }
  if (fact.type === "industry") return <IndustryCode {...props} />;
  if (fact.type === "region") return <RegionCode {...props} />;
  if (op === "in" && fact.type !== "choice" && fact.type !== "choices") {
    return (
      <Select
        mode="tags"
        aria-label={t`和什么比`}
        placeholder={t`写一个按一下回车`}
        open={false}
        suffixIcon={null}
        value={Array.isArray(value) ? (value as string[]) : []}
        onChange={(next: string[]) => onChange(next)}
      />
    );
  }
  const type = op === "in" ? "choices" : fact.type;
  const field: InputField = {
    label: t`和什么比`,
    type: type as InputField["type"],
    dictionary: fact.dictionary,
    rule: {},
    need: "required",
  };
  return (
    <FieldInput
      field={field}
      value={value as never}
      onChange={(next) => onChange(next as ConditionValue)}
    />
  );
}

function IndustryCode({ op, value, onChange }: ConditionValueInputProps) {
  const { t } = useLingui();
  const industries = useDictionary("industry");
  const isMany = op === "in";
  return (
    <TabLeaves>
      <Select
        {...(isMany && { mode: "multiple" as const })}
        aria-label={t`哪个行业`}
        placeholder={t`哪个行业`}
        showSearch={{ optionFilterProp: "label" }}
        popupMatchSelectWidth={300}
        options={industries.map(({ value: code, label }) => ({ value: code, label }))}
        value={(isMany && !Array.isArray(value) ? [] : value) as never}
        onChange={(next: unknown) => onChange(next as ConditionValue)}
      />
    </TabLeaves>
  );
}

/** A division is kept by its code and shown by its name. */
function RegionCode({ op, value, onChange }: ConditionValueInputProps) {
  const code = String((Array.isArray(value) ? value[0] : value) ?? "");
  const name = useRegionNames([code]);
  return (
    <RegionInput
      value={code ? { code, label: name(code) } : null}
      onChange={(next) => {
        const one = next?.code ?? null;
        onChange(op === "in" ? (one ? [one] : []) : one);
      }}
    />
  );
}
