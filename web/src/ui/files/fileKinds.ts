/** What people would call a file by its ending. */
export type FileKind =
  | "image"
  | "pdf"
  | "word"
  | "excel"
  | "slides"
  | "archive"
  | "sound"
  | "text"
  | "other";

const ENDINGS: Record<Exclude<FileKind, "other">, string> = {
  image: "png jpg jpeg gif webp bmp tif tiff heic heif",
  pdf: "pdf ofd",
  word: "doc docx wps odt",
  excel: "xls xlsx et ods csv",
  slides: "ppt pptx dps odp",
  archive: "zip rar 7z",
  sound: "mp3 m4a wav amr aac ogg",
  text: "txt md log",
};
const KIND_OF = new Map(
  Object.entries(ENDINGS).flatMap(([kind, endings]) =>
    endings.split(" ").map((ending) => [ending, kind as FileKind] as const),
  ),
);

export function fileKind(name: string): FileKind {
  return KIND_OF.get(name.slice(name.lastIndexOf(".") + 1).toLowerCase()) ?? "other";
}

const STEP = 1024;
const UNITS = ["B", "KB", "MB", "GB"] as const;

/** 860 B, 12 KB, 1.4 MB: two figures that mean something, no more. */
export function sizeText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= STEP && unit < UNITS.length - 1) {
    size /= STEP;
    unit += 1;
  }
  const digits = unit > 0 && size < 10 ? 1 : 0;
  const text = size.toFixed(digits).replace(/\.0$/, "");
  // 1023.7 KB would read 1024 KB.
  return text === String(STEP) && unit < UNITS.length - 1
    ? `1 ${UNITS[unit + 1]}`
    : `${text} ${UNITS[unit]}`;
}
