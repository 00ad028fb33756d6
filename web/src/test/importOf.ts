import type { ImportOut } from "@/api/doors";

/** An import as the server describes it, for the tests of this room. */
export function importOf(part: Partial<ImportOut> = {}): ImportOut {
  const columns: [string, string | null][] = [
    ["客户编号", "customer.code"],
    ["客户名称", "customer.name"],
    ["电话", "contact.reach"],
    ["邮箱", null],
  ];
  return {
    id: 7,
    file_name: "客户.xlsx",
    state: "ready",
    sheet: "unknown",
    sheet_label: "未识别的表格",
    message: "",
    columns: columns.map(([header, field], index) => ({ index, header, field, sample: ["甲"] })),
    fields: [
      { name: "customer.code", label: "客户编号" },
      { name: "customer.name", label: "客户名称" },
      { name: "contact.reach", label: "联系方式" },
      { name: "contact.email", label: "邮箱" },
    ],
    counts: { rows: 302, new: 280, update: 12, skip: 3, refused: 7, warnings: 41, done: 0 },
    on_match: "update",
    owner: null,
    created_by: { id: 1, name: "王晓明" },
    created_at: "2026-11-21T08:00:00Z",
    progress: 1,
    can_undo: false,
    ...part,
  };
}
