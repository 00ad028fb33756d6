import { DownloadOutlined, LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button, Modal } from "antd";
import { contentUrl } from "@/api/attachments";
import type { AttachmentOut } from "@/api/generated/zhike.schemas";
import "@/ui/files/files.css";

interface FileViewerProps {
  /** Those that can be shown in a page: pictures and PDFs. */
  files: AttachmentOut[];
  /** Which of them stands open. */
  shown: number | null;
  onShow: (id: number | null) => void;
}

/** A picture or a PDF over the page; arrows lead to the next. */
export function FileViewer({ files, shown, onShow }: FileViewerProps) {
  const { t } = useLingui();
  const at = files.findIndex((one) => one.id === shown);
  const file = files[at];
  const go = (step: number) => {
    const next = files[at + step];
    if (next) onShow(next.id);
  };
  return (
    <Modal
      title={file?.name}
      open={file !== undefined}
      onCancel={() => onShow(null)}
      width="min(1100px, 94vw)"
      className="file-viewer"
      centered
      destroyOnHidden
      footer={
        file && (
          <div className="file-viewer-foot">
            {files.length > 1 && (
              <>
                <Button
                  icon={<LeftOutlined />}
                  disabled={at === 0}
                  aria-label={t`上一个`}
                  onClick={() => go(-1)}
                />
                <span className="number faint">
                  {at + 1} / {files.length}
                </span>
                <Button
                  icon={<RightOutlined />}
                  disabled={at === files.length - 1}
                  aria-label={t`下一个`}
                  onClick={() => go(1)}
                />
              </>
            )}
            <Button
              type="primary"
              icon={<DownloadOutlined />}
              href={contentUrl(file)}
              download={file.name}
            >
              {t`下载`}
            </Button>
          </div>
        )
      }
    >
      {file && (
        // biome-ignore lint/a11y/noStaticElementInteractions: arrows are a shortcut for the buttons
        <div
          className="file-stage"
          onKeyDown={(event) => {
            if (event.key === "ArrowLeft") go(-1);
            if (event.key === "ArrowRight") go(1);
          }}
        >
          {file.media_type.startsWith("image/") ? (
            <img src={contentUrl(file, true)} alt={file.name} />
          ) : (
            <iframe key={file.id} src={contentUrl(file, true)} title={file.name} />
          )}
        </div>
      )}
    </Modal>
  );
}
