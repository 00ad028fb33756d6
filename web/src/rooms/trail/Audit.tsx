import { AuditOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Skeleton } from "antd";
import { useMemo } from "react";
import { messageOf } from "@/api/problem";
import { AuditFilterBar } from "@/rooms/trail/AuditFilterBar";
import { AuditLine } from "@/rooms/trail/AuditLine";
import { AuditState } from "@/rooms/trail/AuditState";
import { type AuditFilters, auditByDay, auditDayText } from "@/rooms/trail/audit";
import { useAuditEvents } from "@/rooms/trail/auditQueries";
import { EmptyState } from "@/ui/EmptyState";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import "@/rooms/trail/audit.css";

interface AuditProps {
  filters: AuditFilters;
  onFilters: (filters: AuditFilters) => void;
}

/** 审计日志: who did what, to whom, when and from where; newest first, nothing can be changed. */
export function Audit({ filters, onFilters }: AuditProps) {
  const { t } = useLingui();
  const log = useAuditEvents(filters);
  const days = useMemo(
    () => auditByDay(log.data?.pages.flatMap((page) => page.items) ?? []),
    [log.data],
  );
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <div className="audit">
      <AuditState />
      <AuditFilterBar filters={filters} onChange={onFilters} />
      {log.isPending && <Skeleton active title={false} paragraph={{ rows: 10 }} />}
      {log.error && (
        <p role="alert" className="danger">
          {messageOf(log.error)}{" "}
          <Button size="small" onClick={() => void log.refetch()}>{t`再试一次`}</Button>
        </p>
      )}
      {log.isSuccess && days.length === 0 && (
        <EmptyState
          icon={<AuditOutlined />}
          title={isFiltered ? t`没有符合条件的记录` : t`还没有记录`}
          action={isFiltered && <Button onClick={() => onFilters({})}>{t`看全部记录`}</Button>}
        >
          {isFiltered ? (
            <Trans>放宽一两个条件试试。</Trans>
          ) : (
            <Trans>登录、修改、查看号码、导出……每做一件，这里就记一条，谁也改不了。</Trans>
          )}
        </EmptyState>
      )}
      <div aria-busy={log.isPlaceholderData} className={log.isPlaceholderData ? "is-stale" : ""}>
        {days.map(({ day, items }) => (
          <section key={day} className="audit-day" aria-label={auditDayText(day)}>
            <h2>
              <time dateTime={day}>{auditDayText(day)}</time>
            </h2>
            <ol>
              {items.map((item) => (
                <AuditLine key={item.id} item={item} />
              ))}
            </ol>
          </section>
        ))}
      </div>
      {log.hasNextPage && (
        <MoreWhenSeen
          isLoading={log.isFetchingNextPage}
          onSeen={() => {
            if (!log.isFetchingNextPage) void log.fetchNextPage();
          }}
        />
      )}
    </div>
  );
}
