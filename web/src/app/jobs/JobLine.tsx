import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Progress } from "antd";
import { useState } from "react";
import { cancel, retry } from "@/api/generated/site";
import type { JobOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { type JobState, lengthText, percentOf } from "@/app/jobs/jobs";
import { jobKeys } from "@/app/jobs/queries";
import { dayOf, momentText, planText, timeText } from "@/lib/days";
import { countText } from "@/lib/money";
import { Chip } from "@/ui/Chip";

interface JobLineProps {
  job: JobOut;
  /** How many like it went well, this one the latest. */
  count: number;
  stateName: string;
}

const COLOURS: Record<JobState, string> = {
  queued: "grey",
  running: "blue",
  done: "green",
  failed: "red",
};

/** One piece of work: how far it is, what went wrong, and what can be done about it. */
export function JobLine({ job, count, stateName }: JobLineProps) {
  const { t } = useLingui();
  const { message, modal } = App.useApp();
  const cache = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const run = async (work: (id: number) => Promise<JobOut>, done: string) => {
    setBusy(true);
    try {
      await work(job.id);
      message.success(done);
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      setBusy(false);
      void cache.invalidateQueries({ queryKey: jobKeys.all });
    }
  };
  const askToCancel = () =>
    modal.confirm({
      title: t`取消“${job.label}”？`,
      content:
        job.state === "running"
          ? t`做到一半的停在这里，已经做好的保留。`
          : t`还没开始，取消后不会再做。`,
      okText: t`取消它`,
      okButtonProps: { danger: true },
      cancelText: t`接着做`,
      onOk: () => run(cancel, t`取消了`),
    });
  const percent = percentOf(job);
  const { done, total, message: said } = job.progress;
  const isRunning = job.state === "running";
  return (
    <li>
      <span className="settings-who">
        <strong>
          {job.label}
          {count > 1 && (
            <span className="faint number">
              {" "}
              <Trans>最近 {countText(count)} 次</Trans>
            </span>
          )}
        </strong>
        <small title={`#${job.id}`}>
          <When job={job} />
          {isRunning && total > 0 && (
            <span className="number">
              {" · "}
              {countText(done)} / {countText(total)}
            </span>
          )}
          {said && ` · ${said}`}
        </small>
        {isRunning && percent !== null && (
          <Progress
            percent={percent}
            size="small"
            showInfo={false}
            strokeColor="var(--accent)"
            aria-label={t`${job.label}的进度`}
          />
        )}
        {job.error && (
          <span className={job.state === "failed" ? "danger job-error" : "soft job-error"}>
            {job.error}
          </span>
        )}
      </span>
      <Chip color={COLOURS[job.state as JobState]}>{stateName}</Chip>
      {job.can.retry && (
        <Button
          size="small"
          loading={isBusy}
          onClick={() => void run(retry, t`重新排上了，接着上次的做`)}
          aria-label={t`重试：${job.label}`}
        >
          {t`重试`}
        </Button>
      )}
      {job.can.cancel && (
        <Button
          size="small"
          type="text"
          danger
          disabled={isBusy}
          onClick={askToCancel}
          aria-label={t`取消：${job.label}`}
        >
          {t`取消`}
        </Button>
      )}
    </li>
  );
}

/** When it was or will be done, and how long it took. */
function When({ job }: { job: JobOut }) {
  const { t } = useLingui();
  const begins = Date.parse(job.run_at);
  const tries =
    job.attempts > 1 ? ` · ${t`第 ${job.attempts} 次，最多 ${job.max_attempts} 次`}` : "";
  const exact = (instant: string) => `${planText(dayOf(instant))} ${timeText(instant)}`;
  if (job.finished_at) {
    const took = Date.parse(job.finished_at) - Math.max(begins, Date.parse(job.created_at));
    return (
      <>
        <time dateTime={job.finished_at} title={exact(job.finished_at)}>
          {momentText(job.finished_at)}
        </time>
        {job.state === "done" && took > 1000 && ` · ${t`用了 ${lengthText(took)}`}`}
        {tries}
      </>
    );
  }
  if (job.state === "queued" && begins > Date.now()) {
    return (
      <>
        {t`${exact(job.run_at)} 开始`}
        {tries}
      </>
    );
  }
  return (
    <>
      {job.state === "running"
        ? t`${momentText(job.run_at)}开始`
        : t`等了 ${lengthText(Date.now() - begins)}`}
      {tries}
    </>
  );
}
