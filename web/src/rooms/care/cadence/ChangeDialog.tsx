import { useLingui } from "@lingui/react/macro";
import { Alert, Modal } from "antd";
import { useState } from "react";
import type { PreviewIn } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { Impact } from "@/rooms/care/cadence/Impact";

/** A change of the rules that count, to be looked at before it is made. */
export interface Change {
  title: string;
  okText: string;
  body: PreviewIn;
  apply: (replan: boolean) => Promise<void>;
}

interface ChangeDialogProps {
  change: Change;
  /** It was made, or left alone. */
  onClose: () => void;
}

/** Asks before a change: for whom it changes what, and what becomes of the plans made already. */
export function ChangeDialog({ change, onClose }: ChangeDialogProps) {
  const { t } = useLingui();
  const [replan, setReplan] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const apply = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await change.apply(replan);
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={change.title}
      width={720}
      okText={change.okText}
      cancelText={t`取消`}
      confirmLoading={isBusy}
      onOk={() => void apply()}
      onCancel={onClose}
    >
      {problem && <Alert type="error" role="alert" title={problem} className="form-alert" />}
      <Impact body={change.body} replan={replan} onReplan={setReplan} />
    </Modal>
  );
}
