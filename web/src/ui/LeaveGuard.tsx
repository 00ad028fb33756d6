import { Trans, useLingui } from "@lingui/react/macro";
import { useBlocker } from "@tanstack/react-router";
import { Modal } from "antd";

/** Asks before a page is left on which something waits to be saved. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const leaving = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  return (
    <LeaveQuestion
      open={leaving.status === "blocked"}
      onLeave={() => leaving.proceed?.()}
      onStay={() => leaving.reset?.()}
    />
  );
}

interface LeaveQuestionProps {
  open: boolean;
  onLeave: () => void;
  onStay: () => void;
}

/** Whether what was changed and not saved may be lost. */
export function LeaveQuestion({ open, onLeave, onStay }: LeaveQuestionProps) {
  const { t } = useLingui();
  return (
    <Modal
      open={open}
      title={t`改动还没保存`}
      okText={t`不要了，离开`}
      cancelText={t`留下`}
      onOk={onLeave}
      onCancel={onStay}
      width={380}
    >
      <Trans>现在离开，刚才改的就没了。</Trans>
    </Modal>
  );
}
