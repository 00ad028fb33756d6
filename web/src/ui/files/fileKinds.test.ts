import { expect, test } from "vitest";
import { fileKind, sizeText } from "@/ui/files/fileKinds";

test.each([
  ["合同.PDF", "pdf"],
  ["现场.照片.jpeg", "image"],
  ["报价单.et", "excel"],
  ["没有结尾", "other"],
  ["程序.exe", "other"],
])("%s is of the kind %s", (name, kind) => {
  expect(fileKind(name)).toBe(kind);
});

test.each([
  [0, "0 B"],
  [860, "860 B"],
  [1023, "1023 B"],
  [1024, "1 KB"],
  [1500, "1.5 KB"],
  [12_700, "12 KB"],
  [1_048_500, "1 MB"],
  [1_468_006, "1.4 MB"],
  [52_428_800, "50 MB"],
  [3_221_225_472, "3 GB"],
])("%d bytes read %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
