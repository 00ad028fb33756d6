import { CloudUploadOutlined, LoadingOutlined } from "@ant-design/icons";
import { Trans } from "@lingui/react/macro";
import { Alert } from "antd";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useIsTouch } from "@/lib/screen";
import { FILE_TYPES, type Upload } from "@/rooms/doors/useUpload";
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
  const isOver = useFileDrop(upload.send);
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

/** Files dropped anywhere on the page count: a near miss must not open the file in the browser. */
function useFileDrop(onFiles: (files: File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth -= 1;
      if (depth <= 0) setOver(false);
    };
    const over = (event: DragEvent) => hasFiles(event) && event.preventDefault();
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      take.current([...(event.dataTransfer?.files ?? [])]);
    };
    const handlers = { dragenter: enter, dragleave: leave, dragover: over, drop } as const;
    for (const [name, handler] of Object.entries(handlers)) {
      window.addEventListener(name as "drop", handler);
    }
    return () => {
      for (const [name, handler] of Object.entries(handlers)) {
        window.removeEventListener(name as "drop", handler);
      }
    };
  }, []);
  return isOver;
}
