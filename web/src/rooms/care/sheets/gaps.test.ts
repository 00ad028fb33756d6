import { describe, expect, it } from "vitest";
import {
  gapBefore,
  gapFrom,
  gapsIn,
  onlyFilled,
  withoutUntouched,
  withTemplate,
} from "@/rooms/care/sheets/gaps";

const CALL = "接通人：＿＿（职位＿＿）。\n约定：＿＿。";
const VISIT = "见到：＿＿。\n我方：\n约定：__再见。";

describe("gaps", () => {
  it("are the wide and the narrow lines, not a single underscore", () => {
    expect(gapsIn("a_b ＿＿ c__ ＿")).toEqual([
      { start: 4, end: 6 },
      { start: 8, end: 10 },
      { start: 11, end: 12 },
    ]);
  });

  it("follow one another both ways", () => {
    const first = { start: 4, end: 6 };
    expect(gapFrom(CALL, 0)).toEqual(first);
    expect(gapFrom(CALL, 6)).toEqual({ start: 9, end: 11 });
    expect(gapBefore(CALL, 9)).toEqual(first);
    expect(gapFrom(CALL, CALL.length)).toBeNull();
    expect(gapBefore(CALL, 4)).toBeNull();
  });
});

describe("a template", () => {
  it("stands alone where nothing was written, its first gap marked", () => {
    expect(withTemplate("", CALL, [CALL])).toEqual({ text: CALL, gap: { start: 4, end: 6 } });
  });

  it("comes behind what was written", () => {
    const { text, gap } = withTemplate("聊得不错", CALL, [CALL]);
    expect(text).toBe(`聊得不错\n${CALL}`);
    expect(text.slice(0, gap.start)).toBe("聊得不错\n接通人：");
  });

  it("takes the place of another one nobody touched", () => {
    expect(withTemplate(VISIT, CALL, [CALL, VISIT]).text).toBe(CALL);
  });

  it("keeps what was filled in of another one", () => {
    const filled = "见到：王总。\n我方：\n约定：__再见。";
    const { text, gap } = withTemplate(filled, CALL, [CALL, VISIT]);
    expect(text).toBe(`见到：王总。\n我方：\n${CALL}`);
    expect(text.slice(gap.start - 4, gap.start)).toBe("接通人：");
  });

  it("without gaps leaves the caret at its end", () => {
    const { text, gap } = withTemplate("先写的", "照旧", []);
    expect(text).toBe("先写的\n照旧");
    expect(gap).toEqual({ start: text.length, end: text.length });
  });
});

describe("reading a text with open gaps", () => {
  it("is reading only what was filled in, each word in its place", () => {
    const text = "必须有：报表；不需要：＿＿。\n约定：😀＿＿前，下周三再见";
    const read = onlyFilled(text);
    expect(read).toBe("必须有：报表；      。\n       ，下周三再见");
    expect([...read]).toHaveLength([...text].length);
  });

  it("leaves a text without gaps alone", () => {
    expect(onlyFilled("聊了报价，下周三再联系")).toBe("聊了报价，下周三再联系");
  });
});

describe("lines nobody filled in", () => {
  it("go, what was begun stays with its open gaps", () => {
    const begun = "接通人：王总（职位＿＿）。\n约定：＿＿。";
    expect(withoutUntouched(begun, [CALL])).toBe("接通人：王总（职位＿＿）。");
  });

  it("are only those of a template", () => {
    expect(withoutUntouched("我自己写的＿＿", [CALL])).toBe("我自己写的＿＿");
  });
});
