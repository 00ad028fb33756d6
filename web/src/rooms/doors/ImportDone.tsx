import {
  CheckCircleFilled,
  DownloadOutlined,
  RollbackOutlined,
  StopOutlined,
} from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import type { ReactNode } from "react";
import { type ImportOut, importResultHref } from "@/api/doors";
import { countText } from "@/lib/money";
import { DropZone } from "@/rooms/doors/DropZone";
import { RowsPreview } from "@/rooms/doors/RowsPreview";
import { useUndoImport } from "@/rooms/doors/useUndoImport";
import { useUpload } from "@/rooms/doors/useUpload";
import { isRecords } from "@/rooms/doors/words";

/** Leads to the customers an import added, or (null) to all of them where it added none. */
export type CustomersLink = (importId: number | null) => ReactNode;

interface ImportDoneProps {
  of: ImportOut;
  customersLink: CustomersLink;
  onOther: (id: number) => void;
}

/** What came of it, and where to go from here. */
export function ImportDone({ of, customersLink, onOther }: ImportDoneProps) {
  const { t } = useLingui();
  const undo = useUndoImport();
  const upload = useUpload((imports) => imports[0] && onOther(imports[0].id));
  const { counts } = of;
  const hasResult = of.state === "done" && counts.refused + counts.warnings > 0;
  const title =
    of.state === "done"
      ? t`导入好了`
      : of.state === "undone"
        ? t`这次导入已经撤销`
        : t`这份表没有导入`;
  return (
    <section className="wizard-page done">
      <h2 className="done-title">
        {of.state === "done" ? (
          <CheckCircleFilled className="is-good" aria-hidden />
        ) : (
          <StopOutlined className="faint" aria-hidden />
        )}
        {title}
      </h2>
      {of.message && <p className="soft">{of.message}</p>}
      {of.state === "done" && <Numbers of={of} />}
      <div className="done-actions">
        {of.state === "done" && customersLink(counts.new > 0 && !isRecords(of) ? of.id : null)}
        {hasResult && (
          <Button icon={<DownloadOutlined />} href={importResultHref(of.id)} download>
            {counts.refused > 0 ? t`下载没导入的行` : t`下载检查结果`}
          </Button>
        )}
        {of.can_undo && (
          <Button type="text" icon={<RollbackOutlined />} onClick={() => undo(of)}>
            {t`撤销这次导入`}
          </Button>
        )}
      </div>
      {hasResult && (
        <>
          <h3>
            <Trans>这些行要留意</Trans>
          </h3>
          <p className="soft">
            {counts.refused > 0 ? (
              <Trans>
                标红的没有导入：下载下来改好，再拖进来就行，已经导入的不会重复。标黄的导入了，内容请核对。
              </Trans>
            ) : (
              <Trans>都导入了，标黄的内容请核对。</Trans>
            )}
          </p>
          <RowsPreview of={of} only="problems" isBoxed />
        </>
      )}
      {of.state !== "done" && <DropZone upload={upload} isSmall />}
    </section>
  );
}

function Numbers({ of }: { of: ImportOut }) {
  const { t } = useLingui();
  const { counts } = of;
  const numbers = [
    { value: counts.new, label: isRecords(of) ? t`条新增` : t`位新客户` },
    { value: counts.update, label: t`位更新` },
    { value: counts.skip, label: t`行跳过` },
    { value: counts.refused, label: t`行没导入`, isBad: counts.refused > 0 },
    { value: counts.warnings, label: t`行有提醒` },
  ];
  return (
    <dl className="done-numbers">
      {numbers
        .filter(({ value }, index) => value > 0 || index === 0)
        .map(({ value, label, isBad }) => (
          <div key={label} className={isBad ? "is-bad" : ""}>
            <dd className="number">{countText(value)}</dd>
            <dt>{label}</dt>
          </div>
        ))}
    </dl>
  );
}
