import { DesktopOutlined, MobileOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Segmented } from "antd";
import { useEffect, useRef, useState } from "react";
import { type Definition, type FieldOf, sectionsOf, suits } from "@/api/fields";
import { type FieldDraft, FieldInput } from "@/ui/fields/FieldInput";

/** A field as it is being made: its words may not be a dictionary yet. */
export interface PreviewField extends Definition {
  words?: { value: string; label: string; color?: string }[];
}

interface PreviewProps {
  of: FieldOf;
  fields: PreviewField[];
  /** The field one works on: marked, and brought into view. */
  openKey?: string | undefined;
}

type Kind = "company" | "person";

/** The form as a colleague will fill it in; what is typed here goes nowhere. */
export function Preview({ of, fields, openKey }: PreviewProps) {
  const { t } = useLingui();
  const [kind, setKind] = useState<Kind>("company");
  const [device, setDevice] = useState<"desk" | "phone">("desk");
  const open = fields.find((one) => one.key === openKey);
  const onlyFor = open?.kinds.length === 1 ? (open.kinds[0] as Kind) : null;
  useEffect(() => {
    if (onlyFor) setKind(onlyFor);
  }, [onlyFor]);
  const asked = fields.filter(
    (one) => !one.archived && !one.is_fixed && (of !== "customer" || suits(one, kind)),
  );
  return (
    <section
      className="form-preview"
      aria-label={openKey ? t`正在改的字段在表单里的样子` : t`预览`}
    >
      <header>
        <h3>{t`填的时候是这样`}</h3>
        {of === "customer" && (
          <Segmented
            size="small"
            aria-label={t`预览哪种客户`}
            value={kind}
            onChange={setKind}
            options={[
              { value: "company", label: t`企业` },
              { value: "person", label: t`个人` },
            ]}
          />
        )}
        <Segmented
          size="small"
          aria-label={t`预览哪种屏幕`}
          value={device}
          onChange={setDevice}
          options={[
            { value: "desk", icon: <DesktopOutlined />, title: t`电脑` },
            { value: "phone", icon: <MobileOutlined />, title: t`手机` },
          ]}
        />
      </header>
      <div className={`preview-form is-${device}`}>
        {sectionsOf(asked).map((section) => (
          <section key={section.name}>
            {section.name && <h4>{section.name}</h4>}
            <div className="preview-fields">
              {section.fields.map((field) => (
                <PreviewLine key={field.key} field={field} isOpen={field.key === openKey} />
              ))}
            </div>
          </section>
        ))}
      </div>
    </section>
  );
}

/** Those that need the whole width. */
const WIDE: ReadonlySet<string> = new Set([
  "long_text",
  "address",
  "identity",
  "region",
  "industry",
  "date_range",
  "choices",
  "birthday",
  "attachment",
]);

function PreviewLine({ field, isOpen }: { field: PreviewField; isOpen: boolean }) {
  const { t } = useLingui();
  const place = useRef<HTMLDivElement>(null);
  const [value, setValue] = useState<FieldDraft>(field.default ?? null);
  useEffect(() => setValue(field.default ?? null), [field.default]);
  useEffect(() => {
    if (isOpen) place.current?.scrollIntoView({ block: "nearest" });
  }, [isOpen]);
  const classes = ["preview-line", WIDE.has(field.type) && "is-wide", isOpen && "is-open"];
  return (
    <div ref={place} className={classes.filter(Boolean).join(" ")}>
      <span className="preview-label">
        {field.label || t`（还没有名称）`}
        {field.need === "required" && <em title={t`必填`}>*</em>}
        {field.need === "recommended" && <i>{t`推荐`}</i>}
      </span>
      <FieldInput field={field} value={value} onChange={setValue} choices={field.words} />
      {field.help && <small>{field.help}</small>}
    </div>
  );
}
