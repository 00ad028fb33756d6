import { describe, expect, test } from "vitest";
import { marksOf } from "@/rooms/care/quickLine/marks";
import { namingsOf, shorter, withoutName } from "@/rooms/care/quickLine/naming";

/** Marks on the pieces of a sentence that were understood: `{ date: "今天" }`. */
function understood(text: string, told: Record<string, string>) {
  const spans = Object.entries(told).map(([field, words]) => {
    const start = text.indexOf(words);
    return { field, start, end: start + words.length };
  });
  return marksOf(text, spans);
}

const words = (text: string, told: Record<string, string> = {}) =>
  namingsOf(text, understood(text, told)).map((naming) => naming.words);

describe("what the line begins with", () => {
  test("up to the first break", () => {
    expect(words("yhwl 下午送合同")[0]).toBe("yhwl");
    expect(words("晨星教育，聊了报价")).toEqual(["晨星教育"]);
    expect(words("  晨星")).toEqual(["晨星"]);
    expect(words("钟")).toEqual(["钟"]);
  });

  test("up to where something was understood, or was done", () => {
    expect(words("晨星教育今天聊了报价", { date: "今天" })).toEqual(["晨星教育"]);
    expect(words("晨星教育聊了报价")).toEqual(["晨星教育"]);
    expect(words("天栎说要便宜点")).toEqual(["天栎"]);
  });

  test("nobody, where it begins with what was done", () => {
    expect(words("今天电话聊了报价", { date: "今天", way: "电话" })).toEqual([]);
    expect(words("今天打了个电话")).toEqual([]);
    expect(words("合同签了，报价发过去了")).toEqual([]);
    expect(words("")).toEqual([]);
  });

  test("a few letters alone may be a name all the same", () => {
    expect(words("来福士广场")).toEqual(["来福士广场"]);
    expect(words("财务")).toEqual(["财务"]);
  });

  test("it is all of the name only where it ends by itself", () => {
    const whole = (text: string) => namingsOf(text, []).map(({ isWhole }) => isWhole);
    expect(whole("yhwl 下午送合同")).toEqual([true]);
    expect(whole("天栎说要便宜点")).toEqual([false]);
  });
});

describe("wherever it is named", () => {
  test("behind 给, 和, 拜访, up to what was done", () => {
    const day = { date: "今天", way: "电话", next_date: "下周三", next_matter: "送样机" };
    expect(words("今天给天栎打了电话，下周三送样机", day)).toEqual(["天栎"]);
    expect(words("今天给天栎打了电话，下周三送样机")).toEqual(["天栎"]);
    expect(words("送样机给天栎")).toEqual(["天栎"]);
    expect(words("联系了客户天栎，发了资料")).toEqual(["天栎"]);
    expect(words("路过曜岭，聊了两句")[0]).toBe("曜岭");
  });

  test("an organisation, and the person", () => {
    const visit = "拜访曜岭度假酒店，唐总不在";
    expect(words(visit, { way: "拜访", person: "唐总" })).toEqual(["曜岭度假酒店", "唐总"]);
    expect(words("跟天栎的朱总吃了饭", { person: "朱总" })).toEqual(["天栎", "朱总"]);
    expect(words("和朱梦瑶聊了合同", { person: "朱梦瑶" })).toEqual(["朱梦瑶"]);
  });

  test("also in what comes next", () => {
    const next = { next_date: "今天", next_matter: "天栎说要便宜点" };
    expect(words("今天天栎说要便宜点", next)).toEqual(["天栎"]);
    const visit = { next_date: "下周三", next_matter: "拜访天栎" };
    expect(words("下周三拜访天栎", visit)).toEqual(["天栎"]);
  });

  test("the line begins behind when and how it was", () => {
    const how = (text: string, told: Record<string, string> = {}) =>
      namingsOf(text, understood(text, told)).map((one) => `${one.how} ${one.words}`);
    expect(how("今天信桦说要便宜点")).toEqual(["first 信桦"]);
    const told = { date: "今天", way: "电话" };
    expect(how("今天电话信桦，样机到货了", told)).toEqual(["first 信桦"]);
    expect(how("今天信桦说好", { next_date: "今天", next_matter: "信桦说好" })).toEqual([
      "first 信桦",
    ]);
    expect(how("下雨了，信桦说好")).toContain("loose 信桦");
  });

  test("a hotel may begin with 和", () => {
    expect(words("和平饭店来电", { way: "来电" })).toContain("和平饭店");
  });

  test("who is nobody's name is not looked for", () => {
    expect(words("周总说要和财务对一下付款方式", { person: "周总" })).toEqual(["周总"]);
  });

  test("few enough to be asked for at once", () => {
    expect(words("给一一，给二二，给三三，给四四，给五五，给六六")).toHaveLength(4);
  });
});

test("words that run on are tried ever shorter", () => {
  const [first] = namingsOf("给天栎核算账单", []);
  expect(first && shorter(first)).toEqual(["天栎核算", "天栎核", "天栎"]);
  expect(namingsOf("晨星", []).flatMap(shorter)).toEqual([]);
});

describe("what was said beside the name", () => {
  test("the name goes, whether it was written out or hinted at", () => {
    const found = { name: "远航物流", by: "yhwl", isWhole: true };
    expect(withoutName("yhwl 下午送合同", found)).toBe("下午送合同");
    expect(withoutName("远航物流：下午送合同", found)).toBe("下午送合同");
    expect(withoutName("YHWL", found)).toBe("");
  });

  test("half a word and a contact's name are part of the sentence", () => {
    expect(withoutName("周总说贵", { name: "晨星教育", by: "周总", isWhole: false })).toBe(
      "周总说贵",
    );
    expect(withoutName("给天栎打了电话", { name: "天栎餐饮", by: "天栎", isWhole: false })).toBe(
      "给天栎打了电话",
    );
  });

  test("the whole name goes also where only a part of it was looked for", () => {
    const found = { name: "晨星教育", by: "晨星", isWhole: false };
    expect(withoutName("晨星教育聊了报价", found)).toBe("聊了报价");
  });
});
