import { ExperimentOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Modal } from "antd";
import { useEffect } from "react";
import { enter } from "@/api/generated/practice";
import { Making } from "@/app/practice/Making";
import { practiceKey, usePractice } from "@/app/practice/queries";
import { goPractising } from "@/lib/practice";
import { Trouble } from "@/ui/Trouble";
import "@/app/practice/practice.css";

interface PracticeDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** What the practice workspace is, and the way in; it waits with whoever comes first. */
export function PracticeDialog({ isOpen, onClose }: PracticeDialogProps) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const { data } = usePractice(isOpen);
  const entering = useMutation({
    mutationFn: () => enter(),
    onSuccess: (told) => {
      cache.setQueryData(practiceKey, told);
      if (told.state === "ready") goPractising();
    },
  });
  const { mutate, isPending, data: answer, error, reset } = entering;
  const isMaking = data?.state === "making";
  const hasAsked = answer !== undefined;
  // It was being made when one asked: once it stands, one goes in.
  const waits = hasAsked && answer.state !== "ready";
  useEffect(() => {
    if (isOpen && waits && data?.state === "ready") mutate();
  }, [isOpen, waits, data?.state, mutate]);
  const close = () => {
    reset();
    onClose();
  };
  return (
    <Modal
      open={isOpen}
      onCancel={close}
      onOk={() => mutate()}
      okText={isMaking && hasAsked ? t`好了就进去` : t`进入练习区`}
      okButtonProps={{ loading: isPending || (isMaking && hasAsked) }}
      cancelText={t`先不进`}
      title={t`练习区`}
      width={480}
    >
      <div className="practice-about">
        <ExperimentOutlined aria-hidden />
        <p>
          <Trans>
            一份编出来的客户资料，给你练手。和正式数据分开存放，怎么试都不会影响真客户。
          </Trans>
        </p>
      </div>
      <ul className="practice-points">
        <li>
          <Trans>第一次进去，会有一批虚构的客户转交给你，已经有跟进和计划。</Trans>
        </li>
        <li>
          <Trans>字段、选项、规则和权限跟正式的一样；同事们共用一个练习区。</Trans>
        </li>
        <li>
          <Trans>不能导入导出、改设置，也不会发出邮件和群消息；管理员随时可以重置。</Trans>
        </li>
      </ul>
      {error ? (
        <Trouble error={error} onRetry={() => mutate()} />
      ) : (
        data && <Making of={data} isAsked={hasAsked} />
      )}
    </Modal>
  );
}
