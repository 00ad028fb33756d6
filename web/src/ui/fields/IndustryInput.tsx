import { useLingui } from "@lingui/react/macro";
import { AutoComplete } from "antd";
import { useFoundIndustries } from "@/api/industries";

interface IndustryInputProps {
  id?: string | undefined;
  value?: string | null | undefined;
  onChange?: ((industry: string | null) => void) | undefined;
  autoFocus?: boolean | undefined;
  disabled?: boolean | undefined;
  "aria-label"?: string | undefined;
}

/** The industry in the words of the national list, found by 汉字, 拼音 or what people call it. Other
 * words may stay: the server reads them, or keeps them as they are. */
export function IndustryInput({ value, onChange, ...rest }: IndustryInputProps) {
  const { t } = useLingui();
  const found = useFoundIndustries(value ?? "");
  return (
    <AutoComplete
      {...rest}
      allowClear
      popupMatchSelectWidth={320}
      placeholder={t`比如 机械、软件、餐饮`}
      options={found
        .filter(({ label }) => label !== value)
        .map(({ code, label }) => ({ value: label, key: code }))}
      value={value ?? ""}
      onChange={(words?: string) => onChange?.(words || null)}
    />
  );
}
