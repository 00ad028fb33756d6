import { describe, expect, test } from "vitest";
import { carried, marksOf, piecesOf } from "@/rooms/care/quickLine/marks";

const words = (text: string, marks: { start: number; end: number }[]) =>
  marks.map(({ start, end }) => text.slice(start, end));

describe("where things stand in the sentence", () => {
  test("the server counts code points: behind an emoji the words are still the right ones", () => {
    const text = "微信聊了😀下周三发报价";
    const marks = marksOf(text, [
      { field: "way", start: 0, end: 2 },
      { field: "next_date", start: 5, end: 8 },
      { field: "next_matter", start: 8, end: 11 },
    ]);
    expect(words(text, marks)).toEqual(["微信", "下周三", "发报价"]);
  });

  test("fields nobody shows and places beyond the text are left out", () => {
    const spans = [
      { field: "weather", start: 0, end: 1 },
      { field: "way", start: 1, end: 9 },
      { field: "way", start: 1, end: 1 },
    ];
    expect(marksOf("打电话", spans)).toEqual([]);
  });
});

describe("colours while the sentence is edited", () => {
  const text = "今天电话张经理，下周三发报价";
  const marks = marksOf(text, [
    { field: "date", start: 0, end: 2 },
    { field: "way", start: 2, end: 4 },
    { field: "next_date", start: 8, end: 11 },
  ]);

  test("stay where they were in front of the edit, and move along behind it", () => {
    const after = "今天电话了张经理，下周三发报价";
    expect(words(after, carried(marks, text, after))).toEqual(["今天", "电话", "下周三"]);
  });

  test("go where the words themselves were changed", () => {
    const after = "今天电话张经理，下周五发报价";
    expect(words(after, carried(marks, text, after))).toEqual(["今天", "电话"]);
  });

  test("writing on at the end changes none of them", () => {
    expect(carried(marks, text, `${text}和样品`)).toEqual(marks);
  });
});

describe("the sentence in pieces", () => {
  test("all of the text is there, in order", () => {
    const text = "预算50万，下周三发报价";
    const marks = marksOf(text, [
      { field: "amounts", start: 2, end: 5 },
      { field: "budget", start: 0, end: 5 },
      { field: "next_date", start: 6, end: 9 },
      { field: "next_matter", start: 9, end: 12 },
    ]);
    const pieces = piecesOf(text, marks);
    expect(pieces.map((one) => one.text).join("")).toBe(text);
    expect(pieces).toEqual([
      { text: "预算50万", kind: "money" },
      { text: "，", kind: null },
      { text: "下周三发报价", kind: "next" },
    ]);
  });

  test("of two that overlap the shorter one shows", () => {
    const marks = [
      { kind: "todo" as const, start: 0, end: 6 },
      { kind: "money" as const, start: 2, end: 4 },
    ];
    expect(piecesOf("寄三百的样品", marks).map(({ kind }) => kind)).toEqual([
      "todo",
      "money",
      "todo",
    ]);
  });

  test("no text, no pieces", () => {
    expect(piecesOf("", [])).toEqual([]);
  });
});
