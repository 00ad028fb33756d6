import { useLingui } from "@lingui/react/macro";
import { Dropdown } from "antd";
import { onOffer } from "@/api/fields";
import type { Choice } from "@/api/types";
import { Chip } from "@/ui/Chip";

interface ChipChoiceProps {
  label: string;
  value: string;
  /** Every word there is, also those offered no more: one of them may be held. */
  choices: Choice[];
  mayClear: boolean;
  disabled: boolean;
  onChange: (value: string) => void;
}

/** A chip that opens the list it comes from. */
export function ChipChoice({
  label,
  value,
  choices,
  mayClear,
  disabled,
  onChange,
}: ChipChoiceProps) {
  const { t } = useLingui();
  const choice = choices.find((one) => one.value === value);
  const chip = choice ? (
    <Chip color={choice.color}>{choice.label}</Chip>
  ) : (
    <span className="chip-empty">{label}</span>
  );
  if (disabled) return choice ? chip : null;
  const items = onOffer(choices).map((one) => ({
    key: one.value,
    label: one.label,
    onClick: () => onChange(one.value),
  }));
  const none = { key: "", label: t`不填`, onClick: () => onChange("") };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{ items: mayClear && value ? [...items, none] : items, selectedKeys: [value] }}
    >
      <button type="button" className="chip-button" title={t`改${label}`}>
        {chip}
      </button>
    </Dropdown>
  );
}
