import { SnippetsOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import { useWords } from "@/api/fields";
import type { TemplateOut } from "@/api/generated/zhike.schemas";
import { Ordered } from "@/rooms/care/sheets/Ordered";
import { inPlace } from "@/rooms/care/sheets/phrases";
import { templateActions, useTemplates } from "@/rooms/care/sheets/queries";
import { SheetLine } from "@/rooms/care/sheets/SheetLine";
import type { Editing, SheetSettingsProps } from "@/rooms/care/sheets/Sheets";
import { TemplateForm } from "@/rooms/care/sheets/TemplateForm";
import { useSheets } from "@/rooms/care/sheets/useSheets";
import { WithGaps } from "@/rooms/care/sheets/WithGaps";
import { choiceLabel } from "@/ui/Chip";
import { EmptyState } from "@/ui/EmptyState";
import { Trouble } from "@/ui/Trouble";
import { wayIcon } from "@/ui/wayIcons";

/** 记录模板: what the record of each scene looks like. */
export function TemplateSettings({ mayEdit, isAdding, onAdded, onAdd }: SheetSettingsProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useTemplates();
  const ways = useWords("way");
  const { remove, order } = useSheets("templates", templateActions);
  const [editing, setEditing] = useState<Editing<TemplateOut>>(null);
  const all = inPlace(data?.items ?? []);
  const shown = isAdding ? { sheet: null } : editing;
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  return (
    <>
      {all.length === 0 && (
        <EmptyState
          icon={<SnippetsOutlined />}
          title={t`还没有模板`}
          action={mayEdit && <Button type="primary" onClick={onAdd}>{t`写第一个模板`}</Button>}
        >
          <Trans>比如“首次拜访”：见到谁、想解决什么、约了哪天，写成几行，空着的地方现场填。</Trans>
        </EmptyState>
      )}
      <Ordered
        label={t`记录模板`}
        items={all}
        nameOf={({ scene }) => scene}
        onOrder={mayEdit ? (after) => void order(all, after) : undefined}
      >
        {(one) => (
          <SheetLine
            name={one.scene}
            aside={
              one.way && (
                <span className="sheet-aside">
                  {wayIcon(one.way)} {choiceLabel(one.way, ways)}
                </span>
              )
            }
            {...(mayEdit && {
              onEdit: () => setEditing({ sheet: one }),
              onRemove: () => void remove(one, one.scene),
            })}
          >
            <p className="sheet-text">
              <WithGaps text={one.body} />
            </p>
          </SheetLine>
        )}
      </Ordered>
      {shown && (
        <TemplateForm
          template={shown.sheet}
          onClose={() => {
            setEditing(null);
            onAdded();
          }}
        />
      )}
    </>
  );
}
