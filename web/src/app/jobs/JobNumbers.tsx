import { WarningFilled } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import type { JobSummary } from "@/api/generated/zhike.schemas";
import { lengthText, moodOf } from "@/app/jobs/jobs";
import { momentText } from "@/lib/days";
import { countText } from "@/lib/money";

interface JobNumbersProps {
  summary: JobSummary;
  onFailed: () => void;
}

/** At a glance: is somebody at work, and does anything wait? What to do about it where not. */
export function JobNumbers({ summary, onFailed }: JobNumbersProps) {
  const { t } = useLingui();
  const mood = moodOf(summary);
  const alive = summary.workers.filter((one) => one.alive);
  const waiting = summary.oldest_queued_at
    ? lengthText(Date.now() - Date.parse(summary.oldest_queued_at))
    : "";
  return (
    <>
      {mood !== "fine" && (
        <p className="job-alarm" role="alert">
          <WarningFilled />
          {mood === "nobody" ? (
            <span>
              <Trans>
                没有工作进程在运行：提醒、通知和导入都停着。在服务器上运行 zhike
                worker，或重启服务。停着的不会丢，一开就补上。
              </Trans>
            </span>
          ) : (
            <span>
              <Trans>
                排得有点久：最早的一件等了 {waiting}。常这样就多开几个工作进程（ZHIKE_WORKERS）。
              </Trans>
            </span>
          )}
        </p>
      )}
      <dl className="job-numbers">
        <div>
          <dt>{t`进行中`}</dt>
          <dd className="number">{countText(summary.running)}</dd>
        </div>
        <div>
          <dt>{t`排队中`}</dt>
          <dd className="number">{countText(summary.queued)}</dd>
        </div>
        <div className={summary.failed > 0 ? "is-late" : ""}>
          <dt>
            {summary.failed > 0 ? (
              <button type="button" onClick={onFailed}>
                {t`失败`}
              </button>
            ) : (
              t`失败`
            )}
          </dt>
          <dd className="number">{countText(summary.failed)}</dd>
        </div>
        <div className={alive.length === 0 ? "is-late" : ""}>
          <dt>{t`工作进程`}</dt>
          <dd className="number">{countText(alive.length)}</dd>
        </div>
      </dl>
      {summary.workers.length > 0 && (
        <ul className="job-workers" aria-label={t`工作进程`}>
          {summary.workers.map((one) => (
            <li key={one.name} className={one.alive ? "" : "is-gone"}>
              <span className="job-light" aria-hidden />
              <span>{one.name}</span>
              <span className="faint">
                {!one.alive
                  ? t`没有动静，最后一次 ${momentText(one.seen_at)}`
                  : one.job_id
                    ? t`正在做 #${one.job_id}`
                    : t`空闲`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
