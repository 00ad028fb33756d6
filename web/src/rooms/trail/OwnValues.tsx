import { type FieldJson, isOwn, useFields } from "@/api/fields";
import { FieldValue, hasValue } from "@/ui/fields/FieldValue";

/** What a follow-up says in the fields the organisation added; null where it says nothing. */
export function useOwnValues(custom: unknown) {
  const { fields } = useFields("follow_up");
  const values = (custom ?? {}) as Record<string, FieldJson>;
  const told = fields.filter((field) => isOwn(field) && hasValue(values[field.key]));
  if (told.length === 0) return null;
  return told.map((field) => (
    <div key={field.key}>
      <dt>{field.label}</dt>
      <dd>
        <FieldValue field={field} value={values[field.key]} />
      </dd>
    </div>
  ));
}
