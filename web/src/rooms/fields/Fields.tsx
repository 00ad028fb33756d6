import { AppstoreAddOutlined, EyeOutlined, PlusOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Skeleton, Tabs } from "antd";
import { useMemo, useState } from "react";
import type { Definition, FieldList, FieldOf } from "@/api/fields";
import { messageOf } from "@/api/problem";
import { useIsPhone } from "@/lib/screen";
import { ArchivedFields } from "@/rooms/fields/ArchivedFields";
import { type Editing, FieldDrawer } from "@/rooms/fields/FieldDrawer";
import { FieldSections } from "@/rooms/fields/FieldSections";
import { orderFields } from "@/rooms/fields/fieldApi";
import { USUAL_SECTION } from "@/rooms/fields/fieldForm";
import { allFieldsKey, useAllFields, useFieldRefresh } from "@/rooms/fields/fieldQueries";
import { RECORDS } from "@/rooms/fields/fieldWords";
import { NewSection } from "@/rooms/fields/NewSection";
import { type Block, blocksOf, inOrder, placesOf } from "@/rooms/fields/order";
import { Presets } from "@/rooms/fields/Presets";
import { Preview } from "@/rooms/fields/Preview";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/fields/fields.css";

interface FieldsProps {
  /** Whose fields stand open. */
  of: string | undefined;
  onOf: (of: FieldOf) => void;
}

const OFS: FieldOf[] = ["customer", "contact", "follow_up"];

/** 字段: what is asked of a customer, a contact, a follow-up, and in which order. */
export function Fields({ of: asked, onOf }: FieldsProps) {
  const { t, i18n } = useLingui();
  const of = OFS.find((one) => one === asked) ?? "customer";
  const [isChoosing, setChoosing] = useState(false);
  const [editing, setEditing] = useState<Editing | null>(null);
  const lists = {
    customer: useAllFields("customer"),
    contact: useAllFields("contact"),
    follow_up: useAllFields("follow_up"),
  };
  const { data, error, refetch } = lists[of];
  const count = (one: FieldOf) =>
    lists[one].data?.items.filter((field) => !field.archived).length ?? "";
  return (
    <SettingsPart
      title={t`字段`}
      note={t`档案里记哪些内容、先后顺序、谁能看，都在这里定。改完马上生效，不影响已有的数据。`}
      action={
        <span className="fields-actions">
          <Button icon={<AppstoreAddOutlined />} onClick={() => setChoosing(true)}>
            {t`行业模板`}
          </Button>
          <Button
            type="primary"
            icon={<PlusOutlined />}
            disabled={!data}
            onClick={() => setEditing({ of, field: null, section: USUAL_SECTION })}
          >
            {t`添加字段`}
          </Button>
        </span>
      }
    >
      <Tabs
        activeKey={of}
        onChange={(next) => onOf(next as FieldOf)}
        items={OFS.map((one) => ({
          key: one,
          label: (
            <>
              {i18n._(RECORDS[one])} <span className="faint number">{count(one)}</span>
            </>
          ),
        }))}
      />
      {error && !data ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active />
      ) : (
        <FieldBoard
          key={of}
          of={of}
          list={data}
          openKey={editing?.field?.key}
          onEdit={(field, section) => setEditing({ of, field, section })}
        />
      )}
      <FieldDrawer editing={editing} lists={lists} onClose={() => setEditing(null)} />
      <Presets open={isChoosing} onClose={() => setChoosing(false)} onAdded={onOf} />
    </SettingsPart>
  );
}

interface FieldBoardProps {
  of: FieldOf;
  list: FieldList;
  openKey: string | undefined;
  onEdit: (field: Definition | null, section: string) => void;
}

/** The headings at the left, at the right what comes of them. */
function FieldBoard({ of, list, openKey, onEdit }: FieldBoardProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const refresh = useFieldRefresh();
  const isPhone = useIsPhone();
  const [empty, setEmpty] = useState<string[]>([]);
  const [isPreviewing, setPreviewing] = useState(false);
  const fields = list.items;
  const blocks = useMemo(() => {
    const filled = blocksOf(fields);
    const names = new Set(filled.map((one) => one.name));
    return [...filled, ...empty.filter((name) => !names.has(name)).map(noFields)];
  }, [fields, empty]);

  const order = async (next: Block[]) => {
    setEmpty(next.filter((one) => one.keys.length === 0).map((one) => one.name));
    const before = JSON.stringify(placesOf(blocks));
    if (JSON.stringify(placesOf(next)) === before) return;
    const key = allFieldsKey(of);
    await cache.cancelQueries({ queryKey: key });
    cache.setQueryData<FieldList>(key, { ...list, items: inOrder(fields, next) });
    try {
      await orderFields(of, placesOf(next));
    } catch (problem) {
      message.error(messageOf(problem));
    }
    await refresh();
  };
  return (
    <div className="field-board">
      <div className="field-sections">
        {fields.every((one) => one.archived) && blocks.length === 0 && (
          <p className="soft">
            <Trans>这里还没有字段。</Trans>
          </p>
        )}
        <FieldSections
          fields={fields}
          blocks={blocks}
          openKey={openKey}
          onBlocks={(next) => void order(next)}
          onOpen={(field) => onEdit(field, field.section)}
          onAdd={(section) => onEdit(null, section)}
        />
        <NewSection
          taken={blocks.map((one) => one.name)}
          onAdd={(name) => setEmpty((now) => [...now, name])}
        />
        <ArchivedFields fields={fields} onOpen={(field) => onEdit(field, field.section)} />
      </div>
      <aside className="field-preview">
        <Preview of={of} fields={fields} />
      </aside>
      <Button
        className="preview-button"
        icon={<EyeOutlined />}
        onClick={() => setPreviewing(true)}
      >{t`预览`}</Button>
      <Drawer
        open={isPreviewing}
        onClose={() => setPreviewing(false)}
        placement={isPhone ? "bottom" : "right"}
        size={isPhone ? "92dvh" : 460}
        title={t`预览`}
        destroyOnHidden
      >
        <Preview of={of} fields={fields} />
      </Drawer>
    </div>
  );
}

function noFields(name: string): Block {
  return { name, keys: [] };
}
