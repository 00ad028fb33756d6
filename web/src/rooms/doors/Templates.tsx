import { DownloadOutlined } from "@ant-design/icons";
import { Trans } from "@lingui/react/macro";
import { Button } from "antd";
import { type ExportView, importTemplateHref } from "@/api/doors";
import { saveAs } from "@/lib/files";
import { useExportViews } from "@/rooms/doors/queries";

/** The sheets people fill in row by row; a tool card is a form of its own, the list only goes out. */
const FILLED_IN = ["standard-21", "collection", "maintenance", "satisfaction", "purchases"];

/** Empty sheets to fill in: one with every field and its choices, made by the server; the usual ones
 * here, from the columns the server names. */
export function Templates() {
  const { data } = useExportViews();
  const views = data?.items.filter((view) => FILLED_IN.includes(view.name)) ?? [];
  return (
    <div className="templates">
      <span className="faint">
        <Trans>没有现成的表？下载空模板：</Trans>
      </span>
      <Button
        type="link"
        size="small"
        icon={<DownloadOutlined />}
        href={importTemplateHref()}
        download
      >
        <Trans>客户导入模板（全部字段）</Trans>
      </Button>
      {views.map((view) => (
        <Button
          key={view.name}
          type="link"
          size="small"
          icon={<DownloadOutlined />}
          onClick={() => save(view)}
        >
          {view.label}
        </Button>
      ))}
    </div>
  );
}

/** Excel takes a CSV for UTF-8 only with a byte order mark. */
function save(view: ExportView): void {
  const cells = view.columns.map((header) => `"${header.replaceAll('"', '""')}"`);
  const text = `\ufeff${cells.join(",")}\r\n`;
  saveAs(new Blob([text], { type: "text/csv;charset=utf-8" }), `${view.label}.csv`);
}
