import { useLingui } from "@lingui/react/macro";
import { type FieldJson, isOwn, isSealed, useFields } from "@/api/fields";
import { type FollowUpDraft, withOwn } from "@/rooms/care/draft";
import { Field } from "@/rooms/care/fields";
import type { Problems } from "@/rooms/care/logging";
import { FieldInput } from "@/ui/fields/FieldInput";
import { FieldFiles } from "@/ui/files/FieldFiles";

/** Of a follow-up on file: its id, and its protected values as the server masks them. */
export interface OwnOnFile {
  id: number;
  masked: Record<string, string>;
}

interface OwnFieldsProps {
  customer: number;
  draft: FollowUpDraft;
  change: (part: Partial<FollowUpDraft>) => void;
  problems: Problems;
  onFile?: OwnOnFile | undefined;
}

/** The fields the organisation added to follow-ups. Files need a record to hang on: they come once
 * the follow-up is saved. */
export function OwnFields({ customer, draft, change, problems, onFile }: OwnFieldsProps) {
  const { t } = useLingui();
  const { fields } = useFields("follow_up");
  const asked = fields.filter(
    (field) =>
      isOwn(field) && field.may === "edit" && (onFile !== undefined || field.type !== "attachment"),
  );
  return asked.map((field) => {
    const masked = isSealed(field) ? onFile?.masked[field.key] : undefined;
    return (
      <Field
        key={field.key}
        label={field.need === "required" ? t`${field.label}（必填）` : field.label}
        problem={problems[field.key]}
      >
        <FieldInput
          field={field}
          value={draft.custom[field.key]}
          onChange={(value) =>
            change({ custom: withOwn(draft.custom, field.key, value as FieldJson) })
          }
          {...(masked && { masked })}
          {...(onFile && {
            upload: (
              <FieldFiles
                customer={customer}
                of="follow_up"
                record={onFile.id}
                field={field.key}
                label={field.label}
                mayEdit
              />
            ),
          })}
        />
      </Field>
    );
  });
}
