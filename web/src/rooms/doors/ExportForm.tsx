import { DownloadOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Checkbox, Progress, Radio, Segmented, Skeleton } from "antd";
import { useEffect, useRef, useState } from "react";
import { type ExportFormat, type ExportView, exportFileHref, startExport } from "@/api/doors";
import { messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { ColumnPick, sameColumns } from "@/rooms/doors/ColumnPick";
import { useExport, useExportViews } from "@/rooms/doors/queries";
import { useRecentExports } from "@/rooms/doors/useRecentExports";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/doors/doors.css";

interface ExportFormProps {
  /** The customers to take out, as the server filters them; nothing means all one may see. */
  filters: object;
  /** What the filters mean, in words. */
  about: string;
  /** Which sheet is chosen at first. */
  view?: string;
}

/** A form for each customer, printed as it is: it has no columns to choose from. */
const CARD = "tool-card";

/** Which sheet, which columns, which format, with or without whole numbers; then the file, as soon as it is made. */
export function ExportForm({ filters, about, view: firstView = "standard-21" }: ExportFormProps) {
  const { t } = useLingui();
  const me = useMe();
  const { data: views, error: viewsError, refetch } = useExportViews();
  const [viewName, setView] = useState(firstView);
  const [format, setFormat] = useState<ExportFormat>("xlsx");
  const [plain, setPlain] = useState(false);
  const [current, setCurrent] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const recent = useRecentExports();
  const view = views?.items.find((one) => one.name === viewName);
  const formats = view?.formats ?? ["xlsx", "csv"];
  // What was chosen for a sheet is kept while one looks at the others.
  const [columns, setColumns] = useState<Record<string, string[]>>({});
  const chosen = columns[viewName] ?? view?.columns ?? [];
  const isUsual = !view || sameColumns(chosen, view.columns);
  const usedFormat = formats.includes(format) ? format : "xlsx";

  const start = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const made = await startExport({
        view: viewName,
        format: usedFormat,
        filters,
        plain,
        ...(!isUsual && { columns: chosen }),
      });
      setCurrent(made.id);
      recent.remember(made.id);
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  if (viewsError) return <Trouble error={viewsError} onRetry={() => void refetch()} />;
  if (!views) return <Skeleton active />;
  return (
    <div className="export-form">
      <p className="soft">{about}</p>
      <Radio.Group
        className="export-views"
        aria-label={t`导出成什么表`}
        value={viewName}
        onChange={(event) => setView(event.target.value)}
      >
        {views.items.map((one) => (
          <Radio key={one.name} value={one.name}>
            <ViewLabel view={one} />
          </Radio>
        ))}
      </Radio.Group>
      {view && view.name !== CARD && (
        <ColumnPick
          key={view.name}
          view={view}
          chosen={chosen}
          onChange={(next) => setColumns((now) => ({ ...now, [viewName]: next }))}
        />
      )}
      <div className="export-choices">
        <Segmented
          aria-label={t`文件格式`}
          value={usedFormat}
          onChange={setFormat}
          options={[
            { value: "xlsx", label: "Excel" },
            { value: "csv", label: "CSV", disabled: !formats.includes("csv") },
          ]}
        />
        {me.rights.export_plain && (
          <Checkbox checked={plain} onChange={(event) => setPlain(event.target.checked)}>
            <Trans>带完整号码</Trans>
          </Checkbox>
        )}
      </div>
      <p className={plain ? "export-note is-plain" : "export-note faint"}>
        {plain ? (
          <Trans>
            手机、邮箱、证件号都不打码。谁在什么时候导的会记下来，也印在文件里，请收好。
          </Trans>
        ) : (
          <Trans>手机、邮箱、证件号会打码。</Trans>
        )}
      </p>
      {problem && <Alert type="error" showIcon role="alert" title={problem} />}
      {current !== null && <ExportProgress key={current} id={current} />}
      <Button
        type="primary"
        block
        loading={isBusy}
        disabled={chosen.length === 0}
        onClick={() => void start()}
      >
        <Trans>导出</Trans>
      </Button>
    </div>
  );
}

function ViewLabel({ view }: { view: ExportView }) {
  const { t } = useLingui();
  const about: Record<string, string> = {
    "standard-21": t`一位客户一行，带最近一次跟进`,
    collection: t`登记时填的那几项`,
    maintenance: t`一次跟进一行`,
    satisfaction: t`一条反馈一行`,
    purchases: t`一次购买一行`,
    "tool-card": t`一位客户一张工作表，可以打印`,
    list: t`列表里的字段，一位客户一行`,
  };
  const label = view.name === "list" ? t`当前列表` : view.label;
  return (
    <span className="export-view">
      {label}
      <small className="faint">
        {about[view.name]}
        {view.name !== CARD && (
          <>
            {" · "}
            <Plural value={view.columns.length} one="# 栏" other="# 栏" />
          </>
        )}
      </small>
    </span>
  );
}

/** How far the file is; it downloads itself once, and stays here to be fetched again. */
function ExportProgress({ id }: { id: number }) {
  const { t } = useLingui();
  const { data: made, error } = useExport(id);
  const link = useRef<HTMLAnchorElement>(null);
  const isReady = made?.ready ?? false;
  useEffect(() => {
    if (isReady) link.current?.click();
  }, [isReady]);
  if (error) return <Alert type="error" showIcon role="alert" title={messageOf(error)} />;
  if (made?.state === "failed") {
    return (
      <Alert type="error" showIcon role="alert" title={made.message || t`没导出来，请再试一次`} />
    );
  }
  if (!made || !isReady) {
    return (
      <div className="export-progress" aria-live="polite">
        <Progress
          strokeColor="var(--accent)"
          percent={Math.floor((made?.progress ?? 0) * 100)}
          size="small"
          status="active"
        />
        <span className="faint">{t`正在生成，好了会自动下载`}</span>
      </div>
    );
  }
  return (
    <div className="export-ready" aria-live="polite">
      <span>
        <Plural value={made.rows} one="好了，# 行" other="好了，# 行" />
      </span>
      <a ref={link} href={exportFileHref(id)} download={made.file_name}>
        <DownloadOutlined /> {t`再下载一次`}
      </a>
    </div>
  );
}
