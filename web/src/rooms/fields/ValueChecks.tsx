import { useLingui } from "@lingui/react/macro";
import { Form, InputNumber, Select } from "antd";
import type { Definition } from "@/api/fields";
import { checksOf } from "@/rooms/fields/fieldForm";
import { FieldInput } from "@/ui/fields/FieldInput";

const LONGEST: Record<string, number> = { text: 200, long_text: 20_000 };

/** What is checked of every value when it is saved. */
export function ValueChecks({ field }: { field: Definition }) {
  const { t } = useLingui();
  const patterns = [
    { value: "digits", label: t`只有数字` },
    { value: "letters", label: t`只有英文字母` },
    { value: "letters_digits", label: t`英文字母和数字` },
    { value: "code", label: t`编号（字母、数字和 - _ / .）` },
    { value: "chinese", label: t`只有汉字` },
    { value: "postcode", label: t`邮政编码` },
    { value: "plate", label: t`车牌号` },
  ];
  if (checksOf(field) === "size") {
    const type = field.type === "date_range" ? "date" : field.type;
    const edge = (label: string) =>
      ({ ...field, label, type, rule: {}, need: "optional" }) as const;
    const isDay = type === "date";
    return (
      <div className="def-pair">
        <Form.Item name={["rule", "min"]} label={isDay ? t`不早于` : t`不小于`}>
          <FieldInput field={edge(isDay ? t`不早于` : t`不小于`)} />
        </Form.Item>
        <Form.Item name={["rule", "max"]} label={isDay ? t`不晚于` : t`不大于`}>
          <FieldInput field={edge(isDay ? t`不晚于` : t`不大于`)} />
        </Form.Item>
      </div>
    );
  }
  return (
    <div className="def-pair">
      <Form.Item name={["rule", "longest"]} label={t`最多几个字`}>
        <InputNumber
          min={1}
          max={LONGEST[field.type] ?? 200}
          precision={0}
          placeholder={t`不限`}
          style={{ width: "100%" }}
        />
      </Form.Item>
      {field.type === "text" && (
        <Form.Item name={["rule", "pattern"]} label={t`内容格式`}>
          <Select allowClear placeholder={t`不限`} options={patterns} />
        </Form.Item>
      )}
    </div>
  );
}
