import { plural, t } from "@lingui/core/macro";
import type { ImportCounts, ImportOut, ImportState, RowAction } from "@/api/doors";
import { countText } from "@/lib/money";
import type { ChipColour } from "@/ui/Chip";

/** How the doors speak: states, counts and what was recognised, in words. */

export function stateWords(state: ImportState): { text: string; color: ChipColour } {
  switch (state) {
    case "reading":
      return { text: t`读取中`, color: "blue" };
    case "ready":
      return { text: t`等你确认`, color: "amber" };
    case "running":
      return { text: t`导入中`, color: "blue" };
    case "done":
      return { text: t`已导入`, color: "green" };
    case "failed":
      return { text: t`没导成`, color: "red" };
    case "undoing":
      return { text: t`撤销中`, color: "blue" };
    case "undone":
      return { text: t`已撤销`, color: "grey" };
    case "cancelled":
      return { text: t`没有导入`, color: "grey" };
  }
}

export function actionWords(action: RowAction): { text: string; color: ChipColour } {
  switch (action) {
    case "new":
      return { text: t`新增`, color: "green" };
    case "update":
      return { text: t`更新`, color: "blue" };
    case "skip":
      return { text: t`跳过`, color: "grey" };
    case "refuse":
      return { text: t`不导入`, color: "red" };
  }
}

/** “认出来了：21 栏客户信息管理表，302 行”. */
export function recognised(of: ImportOut): string {
  const { rows } = of.counts;
  if (of.sheet === "unknown") {
    const known = of.columns.filter((column) => column.field !== null).length;
    return t`没见过这种表，按列名对上了 ${known} 列，共 ${countText(rows)} 行`;
  }
  if (of.sheet === "tool-card") {
    return plural(rows, { one: "认出来了：客户工具卡，# 张", other: "认出来了：客户工具卡，# 张" });
  }
  const label =
    of.sheet === "standard-21" ? t`${of.columns.length} 栏${of.sheet_label}` : of.sheet_label;
  return t`认出来了：${label}，${countText(rows)} 行`;
}

const RECORDS: ReadonlySet<string> = new Set(["maintenance", "satisfaction", "purchases"]);

/** Rows of these sheets are records of customers who are here already. */
export function isRecords(of: ImportOut): boolean {
  return RECORDS.has(of.sheet);
}

/** The rows cannot be checked before somebody says which column is which. */
export function waitsForMapping(of: ImportOut): boolean {
  return of.state === "failed" || (of.state === "ready" && of.counts.rows === 0);
}

/** Rows that a confirmation would write. */
export function writable(counts: ImportCounts): number {
  return counts.new + counts.update;
}

/** 新增 280 · 更新 12 · 不能导入 7: only what there is. */
export function countsLine(counts: ImportCounts): string {
  const parts: string[] = [];
  if (counts.new) parts.push(t`新增 ${countText(counts.new)}`);
  if (counts.update) parts.push(t`更新 ${countText(counts.update)}`);
  if (counts.skip) parts.push(t`跳过 ${countText(counts.skip)}`);
  if (counts.refused) parts.push(t`不能导入 ${countText(counts.refused)}`);
  return parts.join(" · ");
}

export function fieldLabel(of: ImportOut, field: string): string {
  return of.fields.find((one) => one.name === field)?.label ?? t`联系人信息`;
}
