import { describe, expect, test } from "vitest";
import type { JobOut, JobSummary } from "@/api/generated/zhike.schemas";
import { folded, lengthText, moodOf, percentOf } from "@/app/jobs/jobs";

const job = (id: number, kind: string, state: string): JobOut => ({
  id,
  kind,
  label: kind,
  state,
  progress: { done: 0, total: 0, message: "" },
  attempts: 1,
  max_attempts: 5,
  run_at: "2026-11-18T01:00:00Z",
  created_at: "2026-11-18T01:00:00Z",
  finished_at: null,
  error: "",
  can: { retry: false, cancel: false },
});

const summary: JobSummary = {
  queued: 0,
  running: 0,
  failed: 0,
  oldest_queued_at: null,
  workers: [
    {
      name: "a",
      started_at: "2026-11-18T00:00:00Z",
      seen_at: "2026-11-18T01:00:00Z",
      job_id: null,
      alive: true,
    },
  ],
  kinds: [],
};

describe("the work behind the scenes", () => {
  test("what went well every minute is one line, what did not stays visible", () => {
    const entries = folded([
      job(9, "remind", "done"),
      job(8, "import", "running"),
      job(7, "remind", "done"),
      job(6, "remind", "failed"),
      job(5, "remind", "failed"),
      job(4, "remind", "done"),
    ]);
    expect(entries.map(({ job: { id }, count }) => [id, count])).toEqual([
      [9, 3],
      [8, 1],
      [6, 1],
      [5, 1],
    ]);
  });

  test("how far a job is, where anybody can tell", () => {
    expect(percentOf(job(1, "import", "running"))).toBeNull();
    expect(percentOf({ progress: { done: 1, total: 3, message: "" } })).toBe(33);
    expect(percentOf({ progress: { done: 9, total: 3, message: "" } })).toBe(100);
  });

  test("it says when nobody works, and when the queue stands", () => {
    const now = Date.parse("2026-11-18T01:00:00Z");
    expect(moodOf(summary, now)).toBe("fine");
    expect(moodOf({ ...summary, oldest_queued_at: "2026-11-18T00:55:00Z" }, now)).toBe("fine");
    expect(moodOf({ ...summary, oldest_queued_at: "2026-11-18T00:49:00Z" }, now)).toBe("stuck");
    const workers = summary.workers.map((one) => ({ ...one, alive: false }));
    expect(moodOf({ ...summary, workers }, now)).toBe("nobody");
  });

  test("how long it took", () => {
    const second = 1000;
    expect(lengthText(8 * second)).toBe("8 秒");
    expect(lengthText(200 * second)).toBe("3 分钟");
    expect(lengthText(7300 * second)).toBe("2 小时");
    expect(lengthText(3 * 86_400 * second)).toBe("3 天");
  });
});
