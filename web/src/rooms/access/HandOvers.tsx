import { CheckCircleFilled, CloseOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Progress } from "antd";
import { useEffect } from "react";
import { oneHandOver } from "@/api/generated/customers";
import { ApiProblem } from "@/api/problem";
import { forgetHandOver, type Remembered, useRemembered } from "@/rooms/access/handOver";

const EVERY = 1000;

/** The hand-overs begun here, until one has seen that they are done. */
export function HandOvers() {
  return useRemembered().map((one) => <Running key={one.id} of={one} />);
}

function Running({ of }: { of: Remembered }) {
  const { t } = useLingui();
  const cache = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["hand-over", of.id],
    queryFn: () => oneHandOver(of.id),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? EVERY : false),
  });
  const isGone = error instanceof ApiProblem && error.status === 404;
  useEffect(() => {
    if (isGone) forgetHandOver(of.id);
  }, [isGone, of.id]);
  const isDone = data?.state === "done";
  useEffect(() => {
    if (!isDone) return;
    for (const head of ["customers", "customer", "today", "tasks", "timeline"]) {
      void cache.invalidateQueries({ queryKey: [head] });
    }
  }, [isDone, cache]);
  if (!data) return null;
  const percent = data.total === 0 ? 100 : Math.floor((data.done / data.total) * 100);
  return (
    <div className="hand-over" role="status">
      <span className="hand-over-text">
        {isDone ? (
          <>
            <CheckCircleFilled className="hand-over-done" />{" "}
            <Trans>
              {of.giver}的 {data.total} 位客户都转交好了
            </Trans>
          </>
        ) : data.state === "failed" ? (
          <span className="danger">
            <Trans>
              {of.giver}的客户转交到一半停下了：已转 {data.done} 位，共 {data.total}{" "}
              位。请到客户列表里按负责人筛出剩下的，再转交一次。
            </Trans>
          </span>
        ) : (
          <Trans>
            正在转交{of.giver}的客户：{data.done} / {data.total}，离开这页也会转完
          </Trans>
        )}
      </span>
      {data.state === "running" ? (
        <Progress
          percent={percent}
          size="small"
          strokeColor="var(--accent)"
          aria-label={t`转交进度`}
        />
      ) : (
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined />}
          aria-label={t`知道了`}
          onClick={() => forgetHandOver(of.id)}
        />
      )}
    </div>
  );
}
