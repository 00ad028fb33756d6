import { Trans } from "@lingui/react/macro";
import { Alert, Progress } from "antd";
import type { PracticeOut } from "@/api/generated/zhike.schemas";

interface MakingProps {
  of: PracticeOut;
  /** Has somebody here asked for it? Then a failure is news. */
  isAsked: boolean;
}

/** How far a workspace is that is being made, or why it could not be. */
export function Making({ of: { state, resetting, done, total, trouble }, isAsked }: MakingProps) {
  if (state === "failed" && isAsked) {
    return (
      <Alert type="error" showIcon title={<Trans>练习区没准备成</Trans>} description={trouble} />
    );
  }
  if (state !== "making" && !resetting) return null;
  const percent = total > 0 ? Math.round((done / total) * 100) : 0;
  return (
    <div className="practice-making" role="status">
      <Progress percent={percent} showInfo={false} status="active" />
      <small>
        {total > 0 ? (
          <Trans>
            正在准备：{done} / {total} 位客户
          </Trans>
        ) : (
          <Trans>正在准备，通常一两分钟</Trans>
        )}
      </small>
    </div>
  );
}
