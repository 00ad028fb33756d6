import {
  AudioOutlined,
  FileExcelOutlined,
  FileImageOutlined,
  FileOutlined,
  FilePdfOutlined,
  FilePptOutlined,
  FileTextOutlined,
  FileWordOutlined,
  FileZipOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import { type FileKind, fileKind } from "@/ui/files/fileKinds";

const ICONS: Record<FileKind, ReactNode> = {
  image: <FileImageOutlined />,
  pdf: <FilePdfOutlined />,
  word: <FileWordOutlined />,
  excel: <FileExcelOutlined />,
  slides: <FilePptOutlined />,
  archive: <FileZipOutlined />,
  sound: <AudioOutlined />,
  text: <FileTextOutlined />,
  other: <FileOutlined />,
};

export function FileIcon({ name }: { name: string }) {
  const kind = fileKind(name);
  return (
    <span className={`file-icon is-${kind}`} aria-hidden>
      {ICONS[kind]}
    </span>
  );
}
