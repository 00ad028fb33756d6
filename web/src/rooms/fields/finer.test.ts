import { describe, expect, it } from "vitest";
import { finerLines, textOf } from "@/rooms/fields/finer";

const KNOWN = new Set(["A", "A01", "C", "C35"]);
const read = (...lines: string[]) => finerLines(lines.join("\n"), KNOWN);

describe("rows of finer industries", () => {
  it("are read however the table was copied or saved", () => {
    expect(read("C3511 矿山机械制造", "C351\t采矿、冶金、建筑专用设备制造").lines).toBe(
      "C3511 矿山机械制造\nC351 采矿、冶金、建筑专用设备制造",
    );
    expect(read('"C3512","石油钻采专用设备制造"', "c3513，深海石油钻探设备制造").lines).toBe(
      "C3512 石油钻采专用设备制造\nC3513 深海石油钻探设备制造",
    );
    expect(read("C351 采矿，冶金", "C3511,矿山机械制造,说明").lines).toBe(
      "C351 采矿，冶金\nC3511 矿山机械制造",
    );
  });

  it("get the letter of their division where they come without", () => {
    expect(read("0111 稻谷种植", "3511,矿山机械制造").lines).toBe(
      "A0111 稻谷种植\nC3511 矿山机械制造",
    );
  });

  it("keep their line numbers: the heading and what everybody has become empty lines", () => {
    const found = read("代码,名称", "C,制造业", "35 专用设备制造业", "", "C3511,矿山机械制造");
    expect(found).toEqual({ lines: "\n\n\n\nC3511 矿山机械制造", classes: 1 });
  });

  it("leave what cannot be read for the server to refuse by its line", () => {
    expect(read("代码 名称", "矿山机械制造").lines).toBe("\n矿山机械制造");
    expect(read("X9999,没有这个门类").lines).toBe("X9999,没有这个门类");
  });
});

it("reads a file of an older Excel, too", async () => {
  const gbk = new Uint8Array([0x43, 0x33, 0x35, 0x31, 0x31, 0x2c, 0xbf, 0xf3, 0xc9, 0xbd]);
  expect(await textOf(new File([gbk], "行业.csv"))).toBe("C3511,矿山");
  expect(await textOf(new File(["C3511,矿山"], "行业.csv"))).toBe("C3511,矿山");
});
