import { CheckSquareOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import { useWords } from "@/api/fields";
import type { ChecklistOut } from "@/api/generated/zhike.schemas";
import { ChecklistForm } from "@/rooms/care/sheets/ChecklistForm";
import { Ordered } from "@/rooms/care/sheets/Ordered";
import { inPlace } from "@/rooms/care/sheets/phrases";
import { checklistActions, useChecklists } from "@/rooms/care/sheets/queries";
import { SheetLine } from "@/rooms/care/sheets/SheetLine";
import type { Editing, SheetSettingsProps } from "@/rooms/care/sheets/Sheets";
import { useSheets } from "@/rooms/care/sheets/useSheets";
import { EmptyState } from "@/ui/EmptyState";
import { Trouble } from "@/ui/Trouble";

/** 清单: what each stage of a deal asks for. */
export function ChecklistSettings({ mayEdit, isAdding, onAdded, onAdd }: SheetSettingsProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useChecklists();
  const words = useWords("deal_stage");
  const { remove, order } = useSheets("checklists", checklistActions);
  const [editing, setEditing] = useState<Editing<ChecklistOut>>(null);
  const all = inPlace(data?.items ?? []);
  const shown = isAdding ? { sheet: null } : editing;
  const stages = words
    .map(({ value, label }) => ({ value, label, lists: all.filter((one) => one.stage === value) }))
    .filter(({ lists }) => lists.length > 0);
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  return (
    <>
      {all.length === 0 && (
        <EmptyState
          icon={<CheckSquareOutlined />}
          title={t`还没有清单`}
          action={mayEdit && <Button type="primary" onClick={onAdd}>{t`写第一份清单`}</Button>}
        >
          <Trans>比如“需求确认要做到”：问清预算、见过拍板的人，一条条勾，新人也不会漏。</Trans>
        </EmptyState>
      )}
      {stages.map(({ value, label, lists }) => (
        <section key={value} className="sheet-group" aria-label={label}>
          <h3>{label}</h3>
          <Ordered
            label={label}
            items={lists}
            nameOf={({ title }) => title}
            onOrder={mayEdit && lists.length > 1 ? (after) => void order(lists, after) : undefined}
          >
            {(one) => (
              <SheetLine
                name={one.title}
                aside={
                  <span className="sheet-aside">
                    <Plural value={one.items.length} one="# 步" other="# 步" />
                  </span>
                }
                {...(mayEdit && {
                  onEdit: () => setEditing({ sheet: one }),
                  onRemove: () => void remove(one, one.title),
                })}
              >
                <ol className="sheet-steps">
                  {one.items.map(({ key, text }) => (
                    <li key={key}>{text}</li>
                  ))}
                </ol>
              </SheetLine>
            )}
          </Ordered>
        </section>
      ))}
      {shown && (
        <ChecklistForm
          checklist={shown.sheet}
          onClose={() => {
            setEditing(null);
            onAdded();
          }}
        />
      )}
    </>
  );
}
