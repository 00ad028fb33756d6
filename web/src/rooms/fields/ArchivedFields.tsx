import { UndoOutlined } from "@ant-design/icons";
import { Plural, useLingui } from "@lingui/react/macro";
import { App, Button } from "antd";
import { useState } from "react";
import type { Definition } from "@/api/fields";
import { messageOf } from "@/api/problem";
import { FieldLine } from "@/rooms/fields/FieldLine";
import { restoreField } from "@/rooms/fields/fieldApi";
import { useFieldRefresh } from "@/rooms/fields/fieldQueries";

interface ArchivedFieldsProps {
  fields: Definition[];
  onOpen: (field: Definition) => void;
}

/** Fields that are asked no more: folded away, with all their values, and brought back by a click. */
export function ArchivedFields({ fields, onOpen }: ArchivedFieldsProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const refresh = useFieldRefresh();
  const [busy, setBusy] = useState<string | null>(null);
  const archived = fields.filter((one) => one.archived);
  if (archived.length === 0) return null;
  const restore = async (field: Definition) => {
    setBusy(field.key);
    try {
      await restoreField(field);
      await refresh();
      message.success(t`“${field.label}”又可以填了，以前的内容都在`);
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      setBusy(null);
    }
  };
  return (
    <details className="section-card archived-fields">
      <summary>
        <Plural value={archived.length} one="停用的 # 个字段" other="停用的 # 个字段" />
        <small>{t`内容都留着，随时可以恢复`}</small>
      </summary>
      <ul className="section-fields">
        {archived.map((field) => (
          <FieldLine key={field.key} field={field} onOpen={() => onOpen(field)}>
            <Button
              size="small"
              icon={<UndoOutlined />}
              aria-label={t`恢复“${field.label}”`}
              loading={busy === field.key}
              onClick={() => void restore(field)}
            >
              {t`恢复`}
            </Button>
          </FieldLine>
        ))}
      </ul>
    </details>
  );
}
