import { useLingui } from "@lingui/react/macro";
import { Alert, App, Button, Drawer, Form } from "antd";
import { useState } from "react";
import type { Definition, FieldList, FieldOf, OwnType } from "@/api/fields";
import { ApiProblem } from "@/api/problem";
import { useIsPhone } from "@/lib/screen";
import { FieldEnd } from "@/rooms/fields/FieldEnd";
import { FieldForm } from "@/rooms/fields/FieldForm";
import { addField, changeField } from "@/rooms/fields/fieldApi";
import {
  blankField,
  changeOf,
  type Draft,
  draftOf,
  newDraft,
  newFieldOf,
  previewOf,
} from "@/rooms/fields/fieldForm";
import { useFieldRefresh } from "@/rooms/fields/fieldQueries";
import { TYPES } from "@/rooms/fields/fieldWords";
import { Preview, type PreviewField } from "@/rooms/fields/Preview";
import { TypePalette } from "@/rooms/fields/TypePalette";
import { FormDrawer } from "@/ui/FormDrawer";
import { showProblems } from "@/ui/formProblems";

/** What the drawer is open for: a field, or (null) a new one under a heading. */
export interface Editing {
  of: FieldOf;
  field: Definition | null;
  section: string;
}

interface FieldDrawerProps {
  editing: Editing | null;
  lists: Record<FieldOf, { data?: FieldList | undefined }>;
  onClose: () => void;
}

const WITH_PREVIEW = 920;

/** One field, worked on beside the form it stands in. */
export function FieldDrawer({ editing, lists, onClose }: FieldDrawerProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const [type, setType] = useState<OwnType | null>(null);
  // The drawer keeps what it shows while it slides out.
  const [shown, setShown] = useState<Editing | null>(editing);
  if (editing && editing !== shown) {
    setShown(editing);
    setType(null);
  }
  if (!shown) return null;
  const list = lists[shown.of].data;
  if (!shown.field && !type) {
    return (
      <Drawer
        title={t`添加字段`}
        open={editing !== null}
        onClose={onClose}
        placement={isPhone ? "bottom" : "right"}
        size={isPhone ? "92dvh" : WITH_PREVIEW}
        destroyOnHidden
      >
        <TypePalette onPick={setType} />
      </Drawer>
    );
  }
  const field = shown.field ?? blankField(shown.of, type as OwnType, shown.section);
  return (
    <OneField
      key={`${shown.of}.${field.key}.${field.version}`}
      field={field}
      list={list}
      all={[lists.customer, lists.contact].flatMap((one) => one.data?.items ?? [])}
      isNew={shown.field === null}
      open={editing !== null}
      onClose={onClose}
      onBack={() => setType(null)}
    />
  );
}

interface OneFieldProps {
  field: Definition;
  list: FieldList | undefined;
  all: Definition[];
  isNew: boolean;
  open: boolean;
  onClose: () => void;
  onBack: () => void;
}

function OneField({ field, list, all, isNew, open, onClose, onBack }: OneFieldProps) {
  const { t, i18n } = useLingui();
  const { message } = App.useApp();
  const isPhone = useIsPhone();
  const refresh = useFieldRefresh();
  const [form] = Form.useForm<Draft>();
  const first = isNew ? newDraft(field.type as OwnType, field.section) : draftOf(field);
  const [draft, setDraft] = useState<Draft>(first);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      if (isNew) await addField(newFieldOf(field.of, field.type as OwnType, draft));
      else await changeField(field, changeOf(field, draft));
      await refresh();
      message.success(isNew ? t`“${draft.label}”加好了` : t`保存了`);
      onClose();
    } catch (error) {
      setProblem(showProblems(form, error));
      if (error instanceof ApiProblem && error.isStale) await refresh();
    } finally {
      setBusy(false);
    }
  };
  const edited = previewOf(field, draft);
  const preview = (
    <Preview of={field.of} fields={withDraft(list?.items ?? [], edited)} openKey={field.key} />
  );
  const type = TYPES[field.type];
  return (
    <FormDrawer
      title={isNew ? t`添加字段` : field.label}
      open={open}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel={isNew ? t`添加` : t`保存`}
      isBusy={isBusy}
      width={WITH_PREVIEW}
      aside={!isNew && <FieldEnd field={field} onDone={onClose} />}
    >
      <div className="field-drawer">
        <div>
          <p className="field-type">
            <span className="field-icon">{type?.icon}</span>
            {type && i18n._(type.label)}
            {isNew ? (
              <Button type="link" size="small" onClick={onBack}>{t`换一种`}</Button>
            ) : (
              <small>{field.builtin ? t`系统自带，类型不能改` : t`类型建好后不能改`}</small>
            )}
          </p>
          {problem && <Alert type="error" showIcon role="alert" title={problem} />}
          <FieldForm
            form={form}
            field={field}
            draft={draft}
            isNew={isNew}
            all={all}
            groups={list?.groups ?? []}
            sections={sectionsIn(list)}
            onDraft={setDraft}
            onSave={() => void save()}
          />
        </div>
        {isPhone ? (
          <details className="drawer-preview">
            <summary>{t`看看填的时候什么样`}</summary>
            {preview}
          </details>
        ) : (
          <aside>{preview}</aside>
        )}
      </div>
    </FormDrawer>
  );
}

function withDraft(fields: Definition[], edited: PreviewField): PreviewField[] {
  if (fields.some((one) => one.key === edited.key)) {
    return fields.map((one) => (one.key === edited.key ? edited : one));
  }
  return [...fields, edited];
}

function sectionsIn(list: FieldList | undefined): string[] {
  const used = (list?.items ?? []).filter((one) => !one.archived);
  return [...new Set(used.map((one) => one.section))].filter(Boolean);
}
