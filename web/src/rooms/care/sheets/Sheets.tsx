import { PlusOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useRights } from "@/api/rights";
import { ChecklistSettings } from "@/rooms/care/sheets/ChecklistSettings";
import { PhraseSettings } from "@/rooms/care/sheets/PhraseSettings";
import type { SheetKind } from "@/rooms/care/sheets/queries";
import { TemplateSettings } from "@/rooms/care/sheets/TemplateSettings";
import { SettingsPart } from "@/ui/SettingsPart";
import "@/rooms/care/sheets/sheets.css";

interface SheetsProps {
  /** Which kind stands open, as the address has it. */
  open: string | undefined;
  onOpen: (kind: SheetKind) => void;
}

/** What stands open: a sheet to change, a new one, or nothing. */
export type Editing<Sheet> = { sheet: Sheet | null } | null;

export interface SheetSettingsProps {
  mayEdit: boolean;
  isAdding: boolean;
  onAdded: () => void;
  onAdd: () => void;
}

/** 模板与话术: record templates, phrases and check lists, for everybody who logs. */
export function Sheets({ open, onOpen }: SheetsProps) {
  const { t } = useLingui();
  const mayEdit = useRights().may("configure");
  const [isAdding, setAdding] = useState(false);
  const kinds: { value: SheetKind; label: string; note: string; add: string }[] = [
    {
      value: "templates",
      label: t`记录模板`,
      note: t`记跟进时按场景套用，空着的地方按 Tab 一处处填。`,
      add: t`新建模板`,
    },
    {
      value: "phrases",
      label: t`话术`,
      note: t`好用的说法大家用。记跟进和看客户时打开，适合那位客户、用得多的排在前面。`,
      add: t`新建话术`,
    },
    {
      value: "checklists",
      label: t`清单`,
      note: t`每个成交阶段要做到的事，在客户页里一条条勾。`,
      add: t`新建清单`,
    },
  ];
  const here = kinds.find(({ value }) => value === open) ?? (kinds[0] as (typeof kinds)[0]);
  const add = () => setAdding(true);
  const inner: SheetSettingsProps = {
    mayEdit,
    isAdding,
    onAdded: () => setAdding(false),
    onAdd: add,
  };
  return (
    <SettingsPart
      title={t`模板与话术`}
      note={mayEdit ? here.note : t`${here.note}由管理员维护。`}
      action={
        mayEdit && (
          <Button icon={<PlusOutlined />} onClick={add}>
            {here.add}
          </Button>
        )
      }
    >
      <Segmented<SheetKind>
        aria-label={t`看哪一种`}
        className="sheet-kinds"
        value={here.value}
        options={kinds.map(({ value, label }) => ({ value, label }))}
        onChange={onOpen}
      />
      {here.value === "templates" && <TemplateSettings {...inner} />}
      {here.value === "phrases" && <PhraseSettings {...inner} />}
      {here.value === "checklists" && <ChecklistSettings {...inner} />}
    </SettingsPart>
  );
}
