import { useEffect, useRef, useState } from "react";

/** Files dropped anywhere on the page count: a near miss must not open the file in the browser. True
 * while some are held over the page. */
export function useFileDrop(onFiles: (files: File[]) => void, isOn: boolean): boolean {
  const [isOver, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    if (!isOn) return;
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
      setOver(false);
      for (const [name, handler] of Object.entries(handlers)) {
        window.removeEventListener(name as "drop", handler);
      }
    };
  }, [isOn]);
  return isOver;
}

/** Pasted files count, too: a picture from the clipboard. */
export function useFilePaste(onFiles: (files: File[]) => void, isOn: boolean): void {
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    if (!isOn) return;
    const paste = (event: ClipboardEvent) => {
      const files = pastedFiles(event);
      if (files.length === 0) return;
      event.preventDefault();
      take.current(files);
    };
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  }, [isOn]);
}

/** The files that are pasted, each with a name of its own; none where it is text. */
export function pastedFiles(event: ClipboardEvent): File[] {
  return [...(event.clipboardData?.files ?? [])].map(named);
}

/** Every pasted picture is called image.png; the moment tells them apart. */
function named(file: File): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, "0");
  const stamp = `${now.getMonth() + 1}-${now.getDate()} ${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return new File([file], file.name.replace("image", stamp), { type: file.type });
}
