import { CameraOutlined, PaperClipOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { type ChangeEvent, useRef } from "react";
import { useIsTouch } from "@/lib/screen";

interface FilePicksProps {
  /** What is chosen, for screen readers. */
  label: string;
  onFiles: (files: File[]) => void;
  isSmall?: boolean;
}

/** Buttons to choose files; where there is a thumb, the camera too. */
export function FilePicks({ label, onFiles, isSmall }: FilePicksProps) {
  const { t } = useLingui();
  const isTouch = useIsTouch();
  const files = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.target.files ?? [])]);
    event.target.value = "";
  };
  const size = isSmall ? "small" : "middle";
  return (
    <span className="file-picks">
      <input
        ref={files}
        type="file"
        multiple
        className="file-input"
        aria-label={label}
        onChange={take}
      />
      <Button size={size} icon={<PaperClipOutlined />} onClick={() => files.current?.click()}>
        {t`选文件`}
      </Button>
      {isTouch && (
        <>
          <input
            ref={camera}
            type="file"
            accept="image/*"
            capture="environment"
            className="file-input"
            aria-label={t`${label}，拍照`}
            onChange={take}
          />
          <Button size={size} icon={<CameraOutlined />} onClick={() => camera.current?.click()}>
            {t`拍照`}
          </Button>
        </>
      )}
    </span>
  );
}
