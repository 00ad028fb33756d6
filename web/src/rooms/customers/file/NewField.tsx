import { Form } from "antd";
import type { Definition } from "@/api/fields";
import type { Warned } from "@/api/generated/zhike.schemas";
import { NeedMark } from "@/rooms/customers/file/NeedMark";
import { FieldInput } from "@/ui/fields/FieldInput";

interface NewFieldProps {
  field: Definition;
  label: string;
  /** What the server says to what stands in it. */
  told: Warned[];
  isDemanded?: boolean;
  sentence: string;
}

/** One defined field in the form of a new customer. */
export function NewField({ field, label, told, isDemanded, sentence }: NewFieldProps) {
  const form = Form.useFormInstance();
  return (
    <Form.Item
      name={field.key}
      label={
        <>
          {label}
          {/* What is filled in by itself is not demanded here. */}
          <NeedMark need={field.need === "required" && !isDemanded ? "optional" : field.need} />
        </>
      }
      rules={isDemanded ? [{ required: true, message: sentence }] : []}
      {...toldAt(told, field.help)}
    >
      <FieldInput
        field={{ ...field, label }}
        onStreet={(street) => form.setFieldValue("address", street)}
      />
    </Form.Item>
  );
}

/** What the server says to a value while one still writes: a refusal in red, a warning in amber, a
 * hint in grey. It stands below whatever the form itself says. */
export function toldAt(told: Warned[], help = "") {
  const gravest = told.find((one) => one.level === "refusal") ?? told[0];
  if (!gravest) return help ? { extra: help } : {};
  const isHint = gravest.level === "hint";
  const status = gravest.level === "refusal" ? ("error" as const) : ("warning" as const);
  return {
    ...(!isHint && { validateStatus: status }),
    extra: (
      <>
        {told.map((one) => (
          <span key={one.message} className={`told is-${one.level}`} role="note">
            {one.message}
          </span>
        ))}
        {help}
      </>
    ),
  };
}
