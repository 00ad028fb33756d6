import { describe, expect, it } from "vitest";
import type { ImportRow } from "@/api/doors";
import { outOfSight, previewColumns } from "@/rooms/doors/previewColumns";
import { importOf } from "@/test/importOf";

const ROW: ImportRow = {
  row: 2,
  action: "new",
  values: { 邮箱: "zhang*" },
  problems: [{ column: "邮箱", level: "warning", message: "邮箱不完整" }],
};

describe("the columns of the preview", () => {
  it("stand as in the file when all rows are looked at", () => {
    const headers = previewColumns(importOf(), [ROW], false).map((column) => column.header);
    expect(headers).toEqual(["客户编号", "客户名称", "电话", "邮箱"]);
  });

  it("begin with who it is and what is wrong when problems are looked at", () => {
    const headers = previewColumns(importOf(), [ROW], true).map((column) => column.header);
    expect(headers).toEqual(["客户名称", "邮箱", "客户编号", "电话"]);
  });

  it("show two columns of one header once, and none without a header", () => {
    const of = importOf();
    const more = ["电话", ""].map((header, index) => ({
      index: 10 + index,
      header,
      field: null,
      sample: [],
    }));
    const headers = previewColumns({ ...of, columns: [...of.columns, ...more] }, [], false);
    expect(headers).toHaveLength(4);
  });

  it("know which of them lie beyond the edge", () => {
    const columns = previewColumns(importOf(), [], false);
    expect(outOfSight(columns, 10_000).size).toBe(0);
    expect([...outOfSight(columns, 500)]).toContain("邮箱");
    expect([...outOfSight(columns, 500)]).not.toContain("客户编号");
  });
});
