import { CoffeeOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Select, Skeleton } from "antd";
import { useState } from "react";
import { JobLine } from "@/app/jobs/JobLine";
import { JobNumbers } from "@/app/jobs/JobNumbers";
import { folded, JOB_STATES, type JobState } from "@/app/jobs/jobs";
import { useJobSummary, useJobs } from "@/app/jobs/queries";
import { EmptyState } from "@/ui/EmptyState";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import { Pills } from "@/ui/Pills";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/app/jobs/jobs.css";

/** 后台任务: what the product does by itself, and what came of it. */
export function Jobs() {
  const { t } = useLingui();
  const [state, setState] = useState<JobState | "">("");
  const [kind, setKind] = useState("");
  const summary = useJobSummary();
  const isBusy = (summary.data?.running ?? 0) > 0;
  const list = useJobs(state, kind, isBusy);
  const jobs = list.data?.pages.flatMap((page) => page.items) ?? [];
  const entries = kind ? jobs.map((job) => ({ job, count: 1 })) : folded(jobs);
  const names: Record<JobState, string> = {
    running: t`进行中`,
    queued: t`排队中`,
    failed: t`失败`,
    done: t`已完成`,
  };
  return (
    <>
      <SettingsPart
        title={t`后台任务`}
        note={t`导入导出、提醒、通知、每晚的整理，都由后台工作进程来做。`}
      >
        {summary.error && !summary.data ? (
          <Trouble error={summary.error} onRetry={() => void summary.refetch()} />
        ) : !summary.data ? (
          <Skeleton active title={false} paragraph={{ rows: 2 }} />
        ) : (
          <JobNumbers summary={summary.data} onFailed={() => setState("failed")} />
        )}
      </SettingsPart>
      <SettingsPart title={t`做过的和要做的`}>
        <div className="job-filters">
          <Pills<JobState | "">
            label={t`看哪些`}
            value={state}
            options={[
              { value: "", label: t`全部` },
              ...JOB_STATES.map((value) => ({ value, label: names[value] })),
            ]}
            onChange={(next) => setState(next ?? "")}
          />
          <Select
            aria-label={t`哪一种`}
            value={kind}
            onChange={setKind}
            showSearch={{ optionFilterProp: "label" }}
            options={[
              { value: "", label: t`所有种类` },
              ...(summary.data?.kinds ?? []).map((one) => ({ value: one.kind, label: one.label })),
            ]}
          />
        </div>
        {list.error && jobs.length === 0 ? (
          <Trouble error={list.error} onRetry={() => void list.refetch()} />
        ) : list.isPending ? (
          <Skeleton active title={false} paragraph={{ rows: 6 }} />
        ) : entries.length === 0 ? (
          <EmptyState
            icon={<CoffeeOutlined />}
            title={state === "failed" ? t`没有失败的` : t`这里还没有`}
          />
        ) : (
          <ul
            className={`settings-list jobs ${list.isPlaceholderData ? "is-stale" : ""}`}
            aria-label={t`做过的和要做的`}
          >
            {entries.map(({ job, count }) => (
              <JobLine
                key={job.id}
                job={job}
                count={count}
                stateName={names[job.state as JobState]}
              />
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <MoreWhenSeen
            isLoading={list.isFetchingNextPage}
            onSeen={() => {
              if (!list.isFetchingNextPage) void list.fetchNextPage();
            }}
          />
        )}
      </SettingsPart>
    </>
  );
}
