import { FileExclamationOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ImportOut } from "@/api/doors";
import { DropZone } from "@/rooms/doors/DropZone";
import { useUpload } from "@/rooms/doors/useUpload";

interface FailedStepProps {
  of: ImportOut;
  onOther: (id: number) => void;
}

/** Why the file could not come in, what to do about it, and the place to try again. */
export function FailedStep({ of, onOther }: FailedStepProps) {
  const { t } = useLingui();
  const upload = useUpload((imports) => imports[0] && onOther(imports[0].id));
  return (
    <section className="wizard-page failed">
      <div className="failed-reason" role="alert">
        <FileExclamationOutlined />
        <div>
          <h2>
            <Trans>这份文件没导成</Trans>
          </h2>
          <p>{of.message || t`服务器没说明原因，请再传一次试试`}</p>
          <p className="soft">
            <Trans>系统里什么都没有改动。</Trans>
          </p>
        </div>
      </div>
      <DropZone upload={upload} isSmall />
    </section>
  );
}
