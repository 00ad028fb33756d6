import { t } from "@lingui/core/macro";
import type { JobOut, JobSummary, WorkerOut } from "@/api/generated/zhike.schemas";

export type JobState = "queued" | "running" | "done" | "failed";
export const JOB_STATES: JobState[] = ["running", "queued", "failed", "done"];

/** A line of the list: a job, or the finished ones of a kind that runs all the time. */
export interface JobEntry {
  job: JobOut;
  count: number;
}

/** Those that went well are told once per kind: what runs every minute must not bury the rest. */
export function folded(jobs: JobOut[]): JobEntry[] {
  const entries: JobEntry[] = [];
  const well = new Map<string, JobEntry>();
  for (const job of jobs) {
    const before = job.state === "done" ? well.get(job.kind) : undefined;
    if (before) before.count += 1;
    else {
      const entry = { job, count: 1 };
      entries.push(entry);
      if (job.state === "done") well.set(job.kind, entry);
    }
  }
  return entries;
}

/** How far a job is, 0–100; null where nobody can tell. */
export function percentOf({ progress }: Pick<JobOut, "progress">): number | null {
  if (progress.total <= 0) return null;
  return Math.min(100, Math.floor((progress.done / progress.total) * 100));
}

const STUCK = 10 * 60_000;

export type Mood = "fine" | "nobody" | "stuck";

/** Is the work behind the scenes being done? */
export function moodOf(summary: JobSummary, now: number = Date.now()): Mood {
  if (!summary.workers.some((one: WorkerOut) => one.alive)) return "nobody";
  const oldest = summary.oldest_queued_at;
  return oldest && now - Date.parse(oldest) > STUCK ? "stuck" : "fine";
}

/** How long something took or has been going on: 8 秒, 3 分钟, 2 小时. */
export function lengthText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return t`${seconds} 秒`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t`${minutes} 分钟`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return t`${hours} 小时`;
  const days = Math.floor(hours / 24);
  return t`${days} 天`;
}
