import {
  DownloadOutlined,
  FileExcelOutlined,
  FileTextOutlined,
  InboxOutlined,
  RollbackOutlined,
} from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Progress, Skeleton } from "antd";
import type { ReactNode } from "react";
import { type ImportOut, importResultHref } from "@/api/doors";
import { messageOf } from "@/api/problem";
import { momentText } from "@/lib/days";
import { isAtWork, useImports } from "@/rooms/doors/queries";
import { useUndoImport } from "@/rooms/doors/useUndoImport";
import { countsLine, stateWords } from "@/rooms/doors/words";
import { Chip } from "@/ui/Chip";
import { EmptyState } from "@/ui/EmptyState";

interface ImportHistoryProps {
  /** A link to one import, around its name. */
  link: (of: ImportOut, name: ReactNode) => ReactNode;
}

/** What came in so far, newest first; what is under way shows how far it is. */
export function ImportHistory({ link }: ImportHistoryProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useImports();
  if (error && !data) {
    return (
      <p role="alert">
        {messageOf(error)} <Button onClick={() => void refetch()}>{t`再试一次`}</Button>
      </p>
    );
  }
  if (!data) return <Skeleton active paragraph={{ rows: 4 }} title={false} />;
  if (data.items.length === 0) {
    return (
      <EmptyState icon={<InboxOutlined />} title={t`还没有导入过`}>
        <Trans>导入过的每份文件都记在这里：进来多少行、谁导的，不满意随时整批撤销。</Trans>
      </EmptyState>
    );
  }
  return (
    <ul className="past">
      {data.items.map((one) => (
        <PastImport key={one.id} of={one} link={link} />
      ))}
    </ul>
  );
}

function PastImport({ of, link }: { of: ImportOut } & ImportHistoryProps) {
  const { t } = useLingui();
  const undo = useUndoImport();
  const state = stateWords(of.state);
  const isCsv = of.file_name.toLowerCase().endsWith(".csv");
  return (
    <li className="past-one">
      <span className="past-icon" aria-hidden>
        {isCsv ? <FileTextOutlined /> : <FileExcelOutlined />}
      </span>
      <div className="past-text">
        <div className="past-name" title={of.file_name}>
          {link(of, of.file_name)}
        </div>
        <div className="past-line">
          <Chip color={state.color}>{state.text}</Chip>
          <span>{of.state === "failed" ? of.message : countsLine(of.counts)}</span>
        </div>
        <div className="past-line faint">
          {of.created_by.name} · {momentText(of.created_at)}
          {of.state === "undone" && of.message && ` · ${of.message}`}
        </div>
        {isAtWork(of.state) && (
          <Progress
            strokeColor="var(--accent)"
            percent={Math.floor(of.progress * 100)}
            size="small"
            status="active"
            showInfo={of.progress > 0}
            aria-label={state.text}
          />
        )}
      </div>
      <div className="past-actions">
        {of.state === "ready" && link(of, <Button size="small">{t`看一看`}</Button>)}
        {of.state === "done" && of.counts.refused + of.counts.warnings > 0 && (
          <Button
            size="small"
            type="text"
            icon={<DownloadOutlined />}
            href={importResultHref(of.id)}
            download
            title={t`没导入的行和格，连同原因`}
          >
            {t`下载结果`}
          </Button>
        )}
        {of.can_undo && (
          <Button size="small" type="text" icon={<RollbackOutlined />} onClick={() => undo(of)}>
            {t`撤销`}
          </Button>
        )}
      </div>
    </li>
  );
}
