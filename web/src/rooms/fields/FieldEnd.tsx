import { useLingui } from "@lingui/react/macro";
import { App, Button, Popconfirm } from "antd";
import { useState } from "react";
import type { Definition } from "@/api/fields";
import { messageOf } from "@/api/problem";
import { archiveField, deleteField, restoreField } from "@/rooms/fields/fieldApi";
import { useFieldRefresh } from "@/rooms/fields/fieldQueries";
import { useUndo } from "@/ui/undo";

/** Takes a field out of use, with all it holds kept; a field nobody ever filled in can be deleted. */
export function FieldEnd({ field, onDone }: { field: Definition; onDone: () => void }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const undo = useUndo();
  const refresh = useFieldRefresh();
  const [isBusy, setBusy] = useState(false);
  const run = async (work: () => Promise<unknown>, done: () => void) => {
    setBusy(true);
    try {
      await work();
      await refresh();
      done();
      onDone();
    } catch (error) {
      message.error(messageOf(error), 6);
    } finally {
      setBusy(false);
    }
  };
  const back = async () => {
    await restoreField(field);
    await refresh();
  };
  const archive = () =>
    run(
      () => archiveField(field),
      () => undo(t`“${field.label}”停用了，填过的内容都留着`, back),
    );
  const remove = () =>
    run(
      () => deleteField(field),
      () => message.success(t`“${field.label}”删掉了`),
    );
  return (
    <span className="field-end">
      {field.archived ? (
        <Button loading={isBusy} onClick={() => void run(back, () => message.success(t`恢复了`))}>
          {t`恢复使用`}
        </Button>
      ) : field.is_locked ? (
        <small className="soft">{t`系统离不开这个字段，不能停用`}</small>
      ) : (
        <Button
          loading={isBusy}
          title={t`表单和列表里不再出现，填过的内容一点不丢，随时能恢复`}
          onClick={() => void archive()}
        >
          {t`停用`}
        </Button>
      )}
      {!field.builtin && (
        <Popconfirm
          title={t`删除“${field.label}”？`}
          description={t`只有谁都没填过的字段才能删；填过的请停用。`}
          okText={t`删除`}
          cancelText={t`留着`}
          onConfirm={() => void remove()}
        >
          <Button danger type="text" disabled={isBusy}>
            {t`删除`}
          </Button>
        </Popconfirm>
      )}
    </span>
  );
}
