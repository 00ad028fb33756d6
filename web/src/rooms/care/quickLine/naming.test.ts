import { describe, expect, test } from "vitest";
import { marksOf } from "@/rooms/care/quickLine/marks";
import { guesses, nameAt, withoutName } from "@/rooms/care/quickLine/naming";

const DAY = [{ field: "date", start: 4, end: 6 }];

describe("whom the line begins with", () => {
  test("the words up to the first break", () => {
    expect(nameAt("yhwl 下午送合同", [])).toBe("yhwl");
    expect(nameAt("晨星教育，聊了报价", [])).toBe("晨星教育");
    expect(nameAt("  晨星", [])).toBe("晨星");
  });

  test("the words up to where something was understood", () => {
    const text = "晨星教育今天聊了报价";
    expect(nameAt(text, marksOf(text, DAY))).toBe("晨星教育");
  });

  test("nobody, where it begins with what was done", () => {
    const text = "今天电话聊了报价";
    expect(nameAt(text, marksOf(text, [{ field: "date", start: 0, end: 2 }]))).toBe("");
    expect(nameAt("", [])).toBe("");
  });

  test("a person is somebody to look for", () => {
    const text = "周总说贵";
    expect(nameAt(text, marksOf(text, [{ field: "person", start: 0, end: 2 }]))).toBe("周总说贵");
  });
});

test("words that run on are tried ever shorter", () => {
  expect(guesses("晨星教育聊了报价")).toEqual([
    "晨星教育聊了报价",
    "晨星教育聊了",
    "晨星教育",
    "晨星",
  ]);
  expect(guesses("晨星")).toEqual(["晨星"]);
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
  });

  test("the whole name goes also where only a part of it was looked for", () => {
    const found = { name: "晨星教育", by: "晨星", isWhole: false };
    expect(withoutName("晨星教育聊了报价", found)).toBe("聊了报价");
  });
});
