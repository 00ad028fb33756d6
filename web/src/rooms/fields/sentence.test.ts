import { describe, expect, it } from "vitest";
import type { RuleWords } from "@/rooms/fields/ruleApi";
import { conditionsText, conditionText, type Names, opText } from "@/rooms/fields/sentence";

const WORDS: RuleWords = {
  facts: [
    { name: "grade", label: "客户等级", type: "choice", dictionary: "grade" },
    { name: "cooperation_days", label: "合作天数", type: "number", dictionary: "" },
    { name: "paid_last_year", label: "近一年金额", type: "money", dictionary: "" },
    { name: "cooperation_since", label: "合作开始", type: "date", dictionary: "" },
    { name: "cooperation_until", label: "合作到期", type: "date", dictionary: "" },
    { name: "x7", label: "爱好", type: "choices", dictionary: "x7" },
    { name: "is_key", label: "重点客户", type: "yes_no", dictionary: "" },
    { name: "x9", label: "顾问", type: "person", dictionary: "" },
    { name: "industry", label: "行业", type: "industry", dictionary: "" },
    { name: "region", label: "地区", type: "region", dictionary: "" },
  ],
  ops: [],
};
const NAMES: Names = {
  word: (dictionary, value) => `${dictionary}/${value}`,
  person: (id) => `同事${id}`,
  industry: (code) => ({ C: "制造业" })[code] ?? code,
  region: (code) => ({ 330100: "浙江省杭州市" })[code] ?? code,
};
const told = (field: string, op: string, value?: string | number | boolean | string[]) =>
  conditionText({ field, op, ...(value !== undefined && { value }) }, WORDS, NAMES);

describe("a condition in words", () => {
  it("compares numbers by signs, amounts in yuan", () => {
    expect(told("cooperation_days", "ge", "365")).toBe("合作天数 ≥ 365");
    expect(told("paid_last_year", "gt", 10_000_000)).toBe("近一年金额 > 10万元");
    expect(told("cooperation_days", "eq", "0")).toBe("合作天数 = 0");
  });

  it("compares days in words, with a day or with another field", () => {
    expect(told("cooperation_since", "ge", "2020-03-08")).toBe("合作开始 不早于 2020年3月8日");
    expect(told("cooperation_until", "after_field", "cooperation_since")).toBe(
      "合作到期 晚于 合作开始",
    );
  });

  it("names words, colleagues and industries, not their codes", () => {
    expect(told("grade", "eq", "A")).toBe("客户等级 是 grade/A");
    expect(told("x7", "in", ["a", "b"])).toBe("爱好 含有 x7/a、x7/b");
    expect(told("x9", "ne", 3)).toBe("顾问 不是 同事3");
    expect(told("industry", "eq", "C")).toBe("行业 是 制造业");
    expect(told("is_key", "eq", false)).toBe("重点客户 否");
  });

  it("says what is missing and keeps what it does not know", () => {
    expect(told("grade", "filled")).toBe("客户等级 已填写");
    expect(told("cooperation_days", "lt", "")).toBe("合作天数 < …");
    expect(told("gone", "empty")).toBe("gone 没有填写");
    expect(opText("new_op", "text")).toBe("new_op");
  });
});

it("joins conditions that must hold together", () => {
  const must = [
    { field: "cooperation_days", op: "ge", value: "365" },
    { field: "region", op: "in", value: ["330100"] },
  ];
  expect(conditionsText(must, WORDS, NAMES)).toBe("合作天数 ≥ 365 且 地区 是其中之一 浙江省杭州市");
});
