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
  /** Only the icons: beside the words one writes. */
  isBare?: boolean;
}

/** Buttons to choose files; where there is a thumb, the camera too. */
export function FilePicks({ label, onFiles, isSmall, isBare = false }: FilePicksProps) {
  const { t } = useLingui();
  const isTouch = useIsTouch();
  const files = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.target.files ?? [])]);
    event.target.value = "";
  };
  const size: "small" | "middle" = isSmall ? "small" : "middle";
  const look = { size, type: isBare ? ("text" as const) : ("default" as const) };
  const choose = t`选文件`;
  const photograph = t`拍照`;
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
      <Button
        {...look}
        icon={<PaperClipOutlined />}
        {...(isBare && { "aria-label": choose, title: label })}
        onClick={() => files.current?.click()}
      >
        {!isBare && choose}
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
          <Button
            {...look}
            icon={<CameraOutlined />}
            {...(isBare && { "aria-label": photograph, title: photograph })}
            onClick={() => camera.current?.click()}
          >
            {!isBare && photograph}
          </Button>
        </>
      )}
    </span>
  );
}
