import { CloseOutlined, DeleteOutlined, DownloadOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { contentUrl } from "@/api/attachments";
import { remove, restore } from "@/api/generated/attachments";
import type { AttachmentOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { momentText } from "@/lib/days";
import { FileIcon } from "@/ui/files/FileIcon";
import { FileViewer } from "@/ui/files/FileViewer";
import { sizeText } from "@/ui/files/fileKinds";
import { refreshFiles, type Upload, type Uploads } from "@/ui/files/useUploads";
import { useUndo } from "@/ui/undo";
import "@/ui/files/files.css";

interface FileRowsProps {
  label: string;
  files: AttachmentOut[];
  uploads?: Pick<Uploads, "list" | "forget"> | undefined;
  /** What else is told of a file: which record it hangs on. */
  about?: ((file: AttachmentOut) => ReactNode) | undefined;
}

/** Files line by line, those on their way first. Pictures and PDFs open in the page. */
export function FileRows({ label, files, uploads, about }: FileRowsProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const offerUndo = useUndo();
  const [shown, setShown] = useState<number | null>(null);
  const showable = files.filter((one) => one.can_show);
  const erase = async (file: AttachmentOut) => {
    try {
      await remove(file.id);
    } catch (error) {
      message.error(messageOf(error));
      return;
    } finally {
      await refreshFiles(cache, file.customer_id);
    }
    offerUndo(t`删除了${file.name}`, async () => {
      await restore(file.id);
      await refreshFiles(cache, file.customer_id);
    });
  };
  return (
    <>
      <ul className="files" aria-label={label}>
        {uploads?.list.map((one) => (
          <UploadRow key={`u${one.key}`} upload={one} onForget={() => uploads.forget(one.key)} />
        ))}
        {files.map((file) => (
          <li key={file.id} className="file">
            <FileIcon name={file.name} />
            <span className="file-words">
              {file.can_show ? (
                <button type="button" className="file-name" onClick={() => setShown(file.id)}>
                  {file.name}
                </button>
              ) : (
                <a className="file-name" href={contentUrl(file)} download={file.name}>
                  {file.name}
                </a>
              )}
              <small>
                {[sizeText(file.size), file.uploaded_by?.name, momentText(file.uploaded_at)]
                  .filter(Boolean)
                  .join(" · ")}
                {about?.(file)}
              </small>
            </span>
            <span className="file-acts">
              <Button
                type="text"
                size="small"
                icon={<DownloadOutlined />}
                href={contentUrl(file)}
                download={file.name}
                aria-label={t`下载${file.name}`}
                title={t`下载`}
              />
              {file.may_edit && (
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={t`删除${file.name}`}
                  title={t`删除`}
                  onClick={() => void erase(file)}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
      <FileViewer files={showable} shown={shown} onShow={setShown} />
    </>
  );
}

function UploadRow({ upload, onForget }: { upload: Upload; onForget: () => void }) {
  const { t } = useLingui();
  const percent = Math.round(upload.progress * 100);
  return (
    <li className={`file ${upload.problem ? "is-refused" : "is-coming"}`}>
      <FileIcon name={upload.name} />
      <span className="file-words">
        <span className="file-name">{upload.name}</span>
        {upload.problem ? (
          <small role="alert" className="danger">
            {upload.problem}
          </small>
        ) : (
          <span
            className="file-progress"
            role="progressbar"
            aria-label={t`正在上传${upload.name}`}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percent}
          >
            <span style={{ width: `${percent}%` }} />
          </span>
        )}
      </span>
      <span className="file-acts">
        {upload.problem ? (
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t`知道了，${upload.name}`}
            onClick={onForget}
          />
        ) : (
          <span className="file-percent number">{percent}%</span>
        )}
      </span>
    </li>
  );
}
