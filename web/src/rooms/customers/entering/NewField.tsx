import { Form } from "antd";
import { type ReactNode, useState } from "react";
import type { Definition } from "@/api/fields";
import type { Warned } from "@/api/generated/zhike.schemas";
import { NeedMark } from "@/rooms/customers/facts/NeedMark";
import { FieldInput } from "@/ui/fields/FieldInput";
import { StreetQuestion } from "@/ui/fields/StreetQuestion";

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
  const [street, setStreet] = useState<string | null>(null);
  const { extra, ...status } = toldAt(told, field.help);
  const takeStreet = (pasted: string) => {
    const held = String(form.getFieldValue("address") ?? "").trim();
    if (held === "") form.setFieldValue("address", pasted);
    else if (held !== pasted) setStreet(pasted);
  };
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
      {...status}
      extra={
        street === null ? (
          extra
        ) : (
          <>
            <StreetQuestion
              street={street}
              onReplace={() => {
                form.setFieldValue("address", street);
                setStreet(null);
              }}
              onKeep={() => setStreet(null)}
            />
            {extra}
          </>
        )
      }
    >
      <FieldInput field={{ ...field, label }} onStreet={takeStreet} />
    </Form.Item>
  );
}

interface Told {
  validateStatus?: "error" | "warning";
  extra?: ReactNode;
}

/** What the server says to a value while one still writes: a refusal in red, a warning in amber, a
 * hint in grey. It stands below whatever the form itself says. */
export function toldAt(told: Warned[], help = ""): Told {
  const gravest = told.find((one) => one.level === "refusal") ?? told[0];
  if (!gravest) return help ? { extra: help } : {};
  const isHint = gravest.level === "hint";
  const status = gravest.level === "refusal" ? "error" : "warning";
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
