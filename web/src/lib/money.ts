import { t } from "@lingui/core/macro";
import { currentLanguage } from "@/lib/i18n";

/** Money is a whole number of fen everywhere but on the screen. */
export type Fen = number;

const FEN = 100;
const WAN = 10_000;
const YI = 100_000_000;

/** Money as people say it: 50万, 1.25亿, 8,500. English readers get the full figure. */
export function moneyText(fen: Fen): string {
  const yuan = fen / FEN;
  const size = Math.abs(yuan);
  if (currentLanguage() === "en" || size < WAN) return `${grouped(yuan, 2)}`;
  if (size >= YI) return t`${grouped(yuan / YI, 2)}亿`;
  return t`${grouped(yuan / WAN, 2)}万`;
}

/** Money to the fen, for tooltips and documents: ¥500,000.00. */
export function exactMoneyText(fen: Fen): string {
  return `¥${(fen / FEN).toLocaleString("zh-CN", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** Reads money as people type it: 50万, 1.2亿, 8,500, ¥8500元. Null when it is not money. */
export function parseMoney(text: string): Fen | null {
  const clean = text.replace(/[\s,\uff0c\u3001\u00a5\uffe5\u5143]/g, "").toLowerCase();
  const found = clean.match(/^(-?\d+(?:\.\d+)?)(万|亿|w|k|千)?$/);
  if (!found) return null;
  const factor = { 万: WAN, w: WAN, 亿: YI, k: 1000, 千: 1000 }[found[2] ?? ""] ?? 1;
  const fen = Math.round(Number(found[1]) * factor * FEN);
  return Number.isSafeInteger(fen) ? fen : null;
}

/** Money for an edit field: what `parseMoney` reads back to the same fen. */
export function editableMoney(fen: Fen): string {
  const yuan = fen / FEN;
  if (Math.abs(yuan) >= WAN && yuan % 100 === 0) return `${yuan / WAN}万`;
  return String(yuan);
}

/** A count with thousands marks: 12,480. */
export function countText(count: number): string {
  return count.toLocaleString("zh-CN");
}

function grouped(value: number, digits: number): string {
  return value.toLocaleString("zh-CN", { maximumFractionDigits: digits });
}
