import { expect, it } from "vitest";
import { allGroups, changeBetween, differences, draftOf } from "@/rooms/access/roleDraft";
import { roleOf, WORDS } from "@/rooms/access/roleSamples";
import { contradictions, summary } from "@/rooms/access/roleSummary";

const SALES = draftOf(roleOf());
const NOTHING = { reach: "none", shared: false, pool: false } as const;

it("sends only what was changed", () => {
  expect(changeBetween(SALES, SALES)).toEqual({});
  const after = {
    ...SALES,
    name: " 实习销售 ",
    fields: { ...SALES.fields, money: "hidden" as const },
    scopes: { ...SALES.scopes, customer: { ...SALES.scopes.customer, pool: false } },
  };
  expect(changeBetween(SALES, after)).toEqual({
    name: "实习销售",
    fields: { money: "hidden" },
    scopes: { customer: { reach: "own", shared: true, pool: false } },
  });
});

it("keeps the actions somebody else gave or took meanwhile", () => {
  const mine = { ...SALES, actions: SALES.actions.filter((one) => one !== "export") };
  const now = {
    ...SALES,
    actions: [...SALES.actions.filter((one) => one !== "reveal"), "hand_over" as const],
  };
  const { actions } = changeBetween(SALES, mine, now);
  expect(actions).toContain("hand_over");
  expect(actions).not.toContain("reveal");
  expect(actions).not.toContain("export");
  expect(actions).toContain("create");
});

it("tells each difference in words", () => {
  const after = {
    ...SALES,
    fields: { ...SALES.fields, money: "hidden" as const },
    scopes: { ...SALES.scopes, customer: { reach: "team" as const, shared: false, pool: true } },
    actions: SALES.actions.filter((one) => one !== "export"),
    needs_second_factor: true,
  };
  expect(differences(SALES, after, WORDS)).toEqual([
    "客户：本人负责的、共享来的和公海里的 → 本部门的和公海里的",
    "金额：可改 → 看不到",
    "不再可以导出",
    "必须两步验证",
  ]);
});

it("masks a whole column only where there is something to mask", () => {
  const { fields } = allGroups(SALES, "masked", WORDS);
  expect(fields.phone).toBe("masked");
  expect(fields.money).toBe("edit");
});

it("says in plain Chinese what a role sees and may do", () => {
  expect(summary(SALES, WORDS).join("")).toBe(
    "看得到本人负责的、共享来的和公海里的客户。这些客户的跟进记录、维护记录和客户反馈都能看；待办只看自己的。" +
      "档案里的内容都能看、能改。" +
      "可以新建客户、记录往来、共享客户、删除与恢复、管理标签、查看完整号码、导入和导出。",
  );
});

it("names what is hidden, masked and read-only, and what cannot be taken out", () => {
  const some = {
    ...SALES,
    scopes: {
      ...SALES.scopes,
      customer: { reach: "all" as const, shared: false, pool: false },
      follow_up: NOTHING,
      care: { reach: "all" as const, shared: false, pool: false },
      feedback: { reach: "own" as const, shared: false, pool: false },
      task: { reach: "below" as const, shared: false, pool: false },
    },
    fields: {
      ...allGroups(SALES, "read", WORDS).fields,
      money: "hidden" as const,
      phone: "masked" as const,
      notes: "edit" as const,
    },
    actions: ["log" as const],
    needs_second_factor: true,
  };
  expect(summary(some, WORDS)).toEqual([
    "看得到全部客户。",
    "这些客户的维护记录都能看；跟进记录只看自己写的；客户反馈只看本人负责的客户的；待办能看本部门及下级的。",
    "看不到金额；电话打码；能改风险与备注；其余只能看。",
    "可以记录往来。不能导出。",
    "登录必须两步验证。",
  ]);
});

it("points at choices that cannot work together", () => {
  expect(contradictions(SALES, WORDS)).toEqual([]);
  const odd = {
    ...allGroups(allGroups(SALES, "read", WORDS), "masked", WORDS),
    actions: ["reveal" as const, "export_plain" as const],
    scopes: { ...SALES.scopes, customer: NOTHING },
  };
  const told = contradictions(odd, WORDS);
  expect(told).toHaveLength(3);
  expect(told[0]).toContain("查看完整号码");
  expect(told[1]).toContain("导出完整号码");
  expect(told[2]).toContain("看不到任何客户");
});
