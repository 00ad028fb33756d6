import { UndoOutlined } from "@ant-design/icons";
import { Plural, useLingui } from "@lingui/react/macro";
import { App, Button } from "antd";
import { useState } from "react";
import { messageOf } from "@/api/problem";
import { type Entry, reviveEntry, type Words } from "@/rooms/fields/fieldApi";
import { useFieldRefresh } from "@/rooms/fields/fieldQueries";
import { Chip } from "@/ui/Chip";

/** Words nobody is offered any more, and the way back. */
export function RetiredEntries({ words, retired }: { words: Words; retired: Entry[] }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const refresh = useFieldRefresh();
  const [busy, setBusy] = useState<string | null>(null);
  if (retired.length === 0) return null;
  const revive = async (entry: Entry) => {
    setBusy(entry.value);
    try {
      await reviveEntry(words.name, entry.value);
      await refresh();
      message.success(t`“${entry.label}”又能选了`);
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      setBusy(null);
    }
  };
  const labelOf = (value: string) =>
    words.entries.find((one) => one.value === value)?.label ?? value;
  return (
    <details className="entries-retired">
      <summary>
        <Plural value={retired.length} one="停用的 # 个选项" other="停用的 # 个选项" />
      </summary>
      <ul>
        {retired.map((entry) => (
          <li key={entry.value}>
            <Chip color={entry.color}>{entry.label}</Chip>
            <small className="faint">
              {entry.replaced_by
                ? t`改用“${labelOf(entry.replaced_by)}”了`
                : t`新记录不再能选，旧记录还留着`}
            </small>
            <Button
              size="small"
              icon={<UndoOutlined />}
              loading={busy === entry.value}
              aria-label={t`恢复“${entry.label}”`}
              onClick={() => void revive(entry)}
            >
              {t`恢复`}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
