import { useLingui } from "@lingui/react/macro";
import { Slider } from "antd";
import type { Definition } from "@/api/fields";
import { shareOf } from "@/rooms/fields/weights";

interface WeightSliderProps {
  value?: number;
  onChange?: (weight: number) => void;
  field: Definition;
  all: Definition[];
}

const MOST = 20;

/** How much a field counts in 资料完整度, told as the part of a complete file it is. */
export function WeightSlider({ value = 0, onChange, field, all }: WeightSliderProps) {
  const { t } = useLingui();
  const weighed = { ...field, weight: value };
  const company = shareOf(weighed, all, "company");
  const person = shareOf(weighed, all, "person");
  const told = () => {
    if (value === 0 && field.need !== "required") return t`不算在资料完整度里。`;
    if (company === null) return t`填上它，个人客户的资料完整度多 ${person ?? 0}%。`;
    if (person === null) return t`填上它，企业客户的资料完整度多 ${company}%。`;
    if (company === person) return t`填上它，客户的资料完整度多 ${company}%。`;
    return t`填上它，企业客户的资料完整度多 ${company}%，个人客户多 ${person}%。`;
  };
  return (
    <div className="weight">
      <Slider
        ariaLabelForHandle={t`对资料完整度有多重要`}
        min={0}
        max={Math.max(MOST, value)}
        marks={{ 0: t`不算`, 5: t`一般`, 10: t`重要`, [MOST]: t`最重要` }}
        value={value}
        {...(onChange && { onChange })}
      />
      <p className="weight-told">{told()}</p>
    </div>
  );
}
