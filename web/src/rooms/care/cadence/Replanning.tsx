import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Progress } from "antd";
import { useEffect, useRef, useState } from "react";
import { retry } from "@/api/generated/site";
import { messageOf } from "@/api/problem";
import { countText } from "@/lib/money";
import { cadenceKeys, isUnderWay, useReplanning } from "@/rooms/care/cadence/queries";
import { refreshAround } from "@/rooms/care/queries";

/** How far the plans are being made anew; nothing where nobody asked for it. Goes on when one
 * leaves the page, and is found again when one comes back. */
export function Replanning() {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const { data: job } = useReplanning();
  const [isBusy, setBusy] = useState(false);
  const isGoing = isUnderWay(job);
  const wasGoing = useRef(false);
  const isDone = job?.state === "done";
  useEffect(() => {
    if (wasGoing.current && isDone) {
      message.success(t`排好的跟进都按新规则改期了`);
      refreshAround(cache, null);
    }
    wasGoing.current = isGoing;
  }, [isGoing, isDone, cache, message, t]);
  if (!job || isDone) return null;
  const again = async () => {
    setBusy(true);
    try {
      await retry(job.id);
    } catch (error) {
      message.error(messageOf(error));
    }
    await cache.invalidateQueries({ queryKey: cadenceKeys.replanning });
    setBusy(false);
  };
  if (job.state === "failed") {
    return (
      <Alert
        className="replanning-failed"
        type="error"
        showIcon
        role="alert"
        title={t`排好的跟进没有改完`}
        description={job.error || t`已经改好的保留，没改到的还是原来的日子。`}
        action={
          job.can.retry && (
            <Button size="small" loading={isBusy} onClick={() => void again()}>
              {t`接着改`}
            </Button>
          )
        }
      />
    );
  }
  const { done, total } = job.progress;
  const percent = total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 0;
  return (
    <div className="replanning" role="status">
      <span>
        {total > 0 ? (
          <Trans>
            正在按新规则改期：{countText(done)} / {countText(total)}
          </Trans>
        ) : (
          <Trans>正在按新规则改期…</Trans>
        )}
      </span>
      <Progress
        percent={percent}
        size="small"
        showInfo={false}
        strokeColor="var(--accent)"
        aria-label={t`改期的进度`}
      />
    </div>
  );
}
