import { describe, expect, it } from "vitest";
import { editableMoney, exactMoneyText, moneyText, parseMoney } from "@/lib/money";

describe("money", () => {
  it.each([
    [50_000_000, "50万"],
    [85_000_00, "8.5万"],
    [8_500_00, "8,500"],
    [12_345_67, "1.23万"],
    [12_500_000_000, "1.25亿"],
    [0, "0"],
    [-50_000_000, "-50万"],
  ])("%d fen is %s", (fen, words) => {
    expect(moneyText(fen)).toBe(words);
  });

  it("keeps every fen where it is exact", () => {
    expect(exactMoneyText(12_345_67)).toBe("¥12,345.67");
  });

  it.each([
    ["50万", 50_000_000],
    ["1.2亿", 12_000_000_000],
    ["8,500", 850_000],
    ["8500.5元", 850_050],
    ["¥ 3w", 3_000_000],
    ["0", 0],
  ])("reads %s", (typed, fen) => {
    expect(parseMoney(typed)).toBe(fen);
  });

  it.each(["", "五十万", "50万以上", "1.2.3", "万"])("does not guess at %s", (typed) => {
    expect(parseMoney(typed)).toBeNull();
  });

  it("edits without losing a fen", () => {
    for (const fen of [1, 99, 850_000, 50_000_000, 1_234_567, 12_345_678_900]) {
      expect(parseMoney(editableMoney(fen))).toBe(fen);
    }
  });
});
