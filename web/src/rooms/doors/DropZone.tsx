import { CloudUploadOutlined, LoadingOutlined } from "@ant-design/icons";
import { Trans } from "@lingui/react/macro";
import { Alert } from "antd";
import { type ReactNode, useId } from "react";
import { useIsTouch } from "@/lib/screen";
import { FILE_TYPES, type Upload } from "@/rooms/doors/useUpload";
import { useFileDrop } from "@/ui/files/useFileDrop";
import "@/rooms/doors/doors.css";

interface DropZoneProps {
  upload: Upload;
  /** Half as high: where something else leads the page. */
  isSmall?: boolean;
  /** Below the hint: templates. */
  children?: ReactNode;
}

/** Where files come in: dropped anywhere on the page, or chosen. */
export function DropZone({ upload, isSmall, children }: DropZoneProps) {
  const id = useId();
  const isTouch = useIsTouch();
  const isOver = useFileDrop(upload.send, true);
  return (
    <div className="drop">
      <label
        htmlFor={id}
        className={`drop-zone ${isOver ? "is-over" : ""} ${isSmall ? "is-small" : ""}`}
      >
        <input
          id={id}
          type="file"
          multiple
          accept={FILE_TYPES.join(",")}
          disabled={upload.isBusy}
          onChange={(event) => {
            upload.send([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <span className="drop-icon" aria-hidden>
          {upload.isBusy ? <LoadingOutlined /> : <CloudUploadOutlined />}
        </span>
        <strong>
          {upload.isBusy ? (
            <Trans>正在上传…</Trans>
          ) : isOver ? (
            <Trans>松手就好</Trans>
          ) : isTouch ? (
            <Trans>选一份 Excel 或 CSV</Trans>
          ) : (
            <Trans>
              把 Excel 或 CSV 拖进来，或<em>点这里选文件</em>
            </Trans>
          )}
        </strong>
        <span className="soft">
          {upload.isBusy ? (
            upload.name
          ) : (
            <Trans>列名不用改，会自己对上。导入前先给你看一遍，导完也能整批撤销。</Trans>
          )}
        </span>
      </label>
      {children}
      {upload.problems.map((problem) => (
        <Alert
          key={problem.name}
          type="error"
          showIcon
          role="alert"
          title={problem.message}
          description={problem.name}
          closable={{ onClose: upload.forget }}
        />
      ))}
    </div>
  );
}
