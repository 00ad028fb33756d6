import { DownloadOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { useEffect } from "react";
import { exportFileHref } from "@/api/doors";
import { ApiProblem } from "@/api/problem";
import { momentText } from "@/lib/days";
import { useExport } from "@/rooms/doors/queries";
import { useRecentExports } from "@/rooms/doors/useRecentExports";

/** What was taken out lately, from this browser; the files are kept for a day. */
export function RecentExports() {
  const { ids, forget } = useRecentExports();
  if (ids.length === 0) return null;
  return (
    <section className="recent-exports">
      <h3>
        <Trans>最近导出</Trans>
      </h3>
      <ul>
        {ids.map((id) => (
          <RecentExport key={id} id={id} onGone={() => forget(id)} />
        ))}
      </ul>
    </section>
  );
}

function RecentExport({ id, onGone }: { id: number; onGone: () => void }) {
  const { t } = useLingui();
  const { data: made, error } = useExport(id);
  const isGone = error instanceof ApiProblem && error.status === 404;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it turns out to be gone
  useEffect(() => {
    if (isGone) onGone();
  }, [isGone]);
  if (!made) return null;
  return (
    <li>
      <span className="recent-name">
        <span title={made.file_name}>{made.file_name}</span>
        <small className="faint">
          {made.state === "done" ? (
            <Plural value={made.rows} one="# 行" other="# 行" />
          ) : made.state === "failed" ? (
            made.message
          ) : (
            t`生成中`
          )}
          {" · "}
          {momentText(made.created_at)}
          {made.plain && ` · ${t`完整号码`}`}
        </small>
      </span>
      {made.ready ? (
        <Button
          type="text"
          size="small"
          icon={<DownloadOutlined />}
          href={exportFileHref(id)}
          download={made.file_name}
          aria-label={t`下载 ${made.file_name}`}
        />
      ) : (
        made.state === "done" && <small className="faint">{t`已清理`}</small>
      )}
    </li>
  );
}
