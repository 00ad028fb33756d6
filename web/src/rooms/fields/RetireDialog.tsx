import { useLingui } from "@lingui/react/macro";
import { Alert, App, Modal, Radio, Select } from "antd";
import { useState } from "react";
import { messageOf } from "@/api/problem";
import { type Entry, retireEntry, type Words } from "@/rooms/fields/fieldApi";
import { useFieldRefresh } from "@/rooms/fields/fieldQueries";
import { useReplacing } from "@/rooms/fields/replacing";
import { useHolders } from "@/rooms/fields/retiring";

interface RetireDialogProps {
  words: Words;
  /** The word that is to go; null: closed. */
  entry: Entry | null;
  offered: Entry[];
  onClose: () => void;
}

/** What becomes of the records that hold a word nobody shall choose any more? */
export function RetireDialog({ words, entry, offered, onClose }: RetireDialogProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const refresh = useFieldRefresh();
  const follow = useReplacing();
  const [shown, setShown] = useState(entry);
  const [mode, setMode] = useState<"keep" | "replace">("keep");
  const [instead, setInstead] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const records = useHolders(words.name, entry?.value);
  if (entry && entry !== shown) {
    setShown(entry);
    setMode("keep");
    setInstead(null);
    setProblem(null);
  }
  if (!shown) return null;
  const other = offered.find((one) => one.value === instead);
  const retire = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const replace_by = mode === "replace" ? instead : null;
      const done = await retireEntry(words.name, shown.value, replace_by);
      await refresh();
      if (done.job_id !== null && other) {
        follow({
          dictionary: words.name,
          value: shown.value,
          job: done.job_id,
          records: done.records,
          from: shown.label,
          to: other.label,
        });
      } else message.success(t`“${shown.label}”停用了`);
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={entry !== null}
      title={t`停用“${shown.label}”`}
      okText={t`停用`}
      cancelText={t`先不`}
      okButtonProps={{ disabled: mode === "replace" && !instead }}
      confirmLoading={isBusy}
      onOk={() => void retire()}
      onCancel={onClose}
      width={460}
    >
      <p>
        {records === undefined
          ? t`以后填写时不再有这个选项。`
          : records === 0
            ? t`还没有记录选过它，停用后填写时不再有这个选项。`
            : t`现在有 ${records} 条记录选了它。停用后，填写时不再有这个选项。`}
      </p>
      {records !== 0 && (
        <Radio.Group
          className="retire-ways"
          value={mode}
          onChange={(event) => setMode(event.target.value)}
        >
          <Radio value="keep">
            {t`旧记录不动`}
            <small>{t`已经选了“${shown.label}”的照样显示，不会空。`}</small>
          </Radio>
          <Radio value="replace">
            {t`旧记录换成别的选项`}
            <small>
              {other && records !== undefined
                ? t`会把 ${records} 条记录从“${shown.label}”改成“${other.label}”，每条都留下修改记录。`
                : t`每条改动都留下修改记录。导入时写“${shown.label}”，也按新选项算。`}
            </small>
          </Radio>
        </Radio.Group>
      )}
      {mode === "replace" && (
        <Select
          className="retire-instead"
          aria-label={t`换成哪个选项`}
          placeholder={t`换成哪个选项？`}
          showSearch={{ optionFilterProp: "label" }}
          value={instead}
          onChange={setInstead}
          options={offered
            .filter((one) => one.value !== shown.value)
            .map(({ value, label }) => ({ value, label }))}
        />
      )}
      {problem && <Alert type="error" showIcon role="alert" title={problem} />}
    </Modal>
  );
}
