import { beforeEach, describe, expect, test, vi } from "vitest";
import { emptyDraft } from "@/rooms/care/draft";
import {
  amountOf,
  amountText,
  budgetText,
  byHand,
  filled,
  type Known,
  needOf,
  needText,
  openQuestion,
} from "@/rooms/care/quickLine/filling";
import { reading } from "@/rooms/care/quickLine/samples";

const KNOWN: Known = {
  ways: [
    { value: "phone", label: "电话" },
    { value: "wecom", label: "企业微信" },
    { value: "visit", label: "上门" },
  ],
  responses: [{ value: "doubtful", label: "疑虑" }],
  colleagues: [
    { id: 3, name: "李雷" },
    { id: 4, name: "王芳" },
    { id: 5, name: "王强" },
  ],
  usualWay: "phone",
  mayBudget: true,
  planned: null,
};
const draft = emptyDraft("phone");

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-18T04:00:00Z"), toFake: ["Date"] });
});

describe("a sentence fills the draft", () => {
  test("with all it tells", () => {
    const found = filled(
      draft,
      reading({
        date: "2026-11-17",
        way: "微信",
        contact_id: 9,
        person: "张经理",
        response: "doubtful",
        need: "云服务",
        budget: [500000, 500000],
        next_date: "2026-11-25",
        next_time: "15:00",
        next_matter: "发报价",
      }),
      KNOWN,
    );
    expect(found).toMatchObject({
      on: "2026-11-17",
      way: "wecom",
      contactId: 9,
      response: "doubtful",
      feedback: "需求：云服务",
      budget: "50万",
      next: { on: "2026-11-25", time: "15:00", matter: "发报价", materials: "" },
    });
  });

  test("what it does not tell is as usual", () => {
    expect(filled(draft, reading({}), { ...KNOWN, usualWay: "visit" })).toMatchObject({
      on: null,
      way: "visit",
      next: null,
      todos: [],
    });
  });

  test("a way the organisation has renamed is found by what it means", () => {
    expect(filled(draft, reading({ way: "拜访" }), KNOWN).way).toBe("visit");
  });

  test("what a hand has chosen stays, also when the sentence says otherwise", () => {
    const chosen = { ...draft, ...byHand(draft, { way: "visit", next: null }) };
    const found = filled(chosen, reading({ way: "电话", next_date: "2026-11-25" }), KNOWN);
    expect(found).not.toHaveProperty("way");
    expect(found).not.toHaveProperty("next");
    expect(found).toHaveProperty("on");
  });

  test("typing is no choice by hand", () => {
    expect(byHand(draft, { content: "聊了" }).byHand).toEqual([]);
    const form = byHand(draft, { content: "模板", way: "visit", byHand: ["response"] });
    expect(form.byHand).toEqual(["response", "way"]);
  });

  test("with the amounts beside the budget, which stays apart", () => {
    const found = filled(
      draft,
      reading({ amounts: [128_000, 500_000, 5000, 128_000], budget: [null, 500_000] }),
      KNOWN,
    );
    expect(found.result).toBe("金额：12.8万、5,000");
    expect(found.budget).toBe("50万以内");
    expect(amountText(found.result ?? "")).toBe("12.8万、5,000");
    const chosen = byHand({ ...draft, ...found }, { result: amountOf(" ") });
    expect(chosen.result).toBe("");
    expect(filled({ ...draft, ...chosen }, reading({ amounts: [5000] }), KNOWN)).not.toHaveProperty(
      "result",
    );
  });

  test("a budget that may not be changed is left in the words", () => {
    const found = filled(draft, reading({ budget: [1000, 1000] }), { ...KNOWN, mayBudget: false });
    expect(found.budget).toBe("");
  });
});

describe("what the cadence plans", () => {
  const planned = { on: "2026-12-07", time: "", matter: "", materials: "", byRule: true };
  const known = { ...KNOWN, planned };
  const said = { ...draft, content: "聊了报价" };

  test("stands where the sentence tells nothing else", () => {
    expect(filled(said, reading({}), known).next).toEqual(planned);
    expect(filled(said, reading({ next_date: "2026-11-25" }), known).next).toMatchObject({
      on: "2026-11-25",
    });
  });

  test("does not stand where a day was left open, nor in an empty line", () => {
    expect(filled(said, reading({ vague: "节后" }), known).next).toBeNull();
    expect(filled(draft, null, known).next).toBeNull();
  });
});

describe("to-dos", () => {
  const todo = (who: string | null) =>
    filled(draft, reading({ todos: [{ title: "做方案", due: null, who }] }), KNOWN).todos;

  test("are for tomorrow where no day was told", () => {
    expect(todo(null)).toEqual([{ title: "做方案", due_on: "2026-11-19" }]);
  });

  test("go to the colleague named, or the only one called so", () => {
    expect(todo("王芳")).toMatchObject([{ title: "做方案", assignee_id: 4 }]);
    expect(todo("小李")).toMatchObject([{ title: "做方案", assignee_id: 3 }]);
  });

  test("keep the name where two are called so", () => {
    expect(todo("老王")).toEqual([{ title: "老王：做方案", due_on: "2026-11-19" }]);
  });
});

describe("a day left open", () => {
  const vague = reading({ vague: "节后", next_matter: "再联系" });

  test("is asked for until it is answered or put aside", () => {
    expect(openQuestion(draft, vague)).toBe("节后");
    expect(openQuestion({ ...draft, answer: { word: "节后", on: null } }, vague)).toBeNull();
    expect(openQuestion({ ...draft, answer: { word: "年后", on: null } }, vague)).toBe("节后");
    expect(openQuestion(draft, reading({}))).toBeNull();
  });

  test("keeps its answer while the sentence goes on, and loses it with the word", () => {
    const answered = { ...draft, answer: { word: "节后", on: "2027-01-04" } };
    expect(filled(answered, vague, KNOWN).next).toMatchObject({
      on: "2027-01-04",
      matter: "再联系",
    });
    expect(filled(answered, reading({ vague: "年后" }), KNOWN).next).toBeNull();
  });
});

describe("how it is written", () => {
  test("budgets with both ends, one, or none", () => {
    expect(budgetText([500000, 500000])).toBe("50万");
    expect(budgetText([300000, 500000])).toBe("30万–50万");
    expect(budgetText([null, 500000])).toBe("50万以内");
    expect(budgetText([500000, null])).toBe("50万以上");
    expect(budgetText(null)).toBe("");
  });

  test("a need reads back as it was shown", () => {
    expect(needText(needOf("云服务"))).toBe("云服务");
    expect(needOf("  ")).toBe("");
    // Typed word by word: the blank before the next one stays.
    expect(needText(needOf("cloud "))).toBe("cloud ");
    expect(amountText(amountOf("12.8 "))).toBe("12.8 ");
    expect(needText("他说还要想想")).toBe("他说还要想想");
  });
});
