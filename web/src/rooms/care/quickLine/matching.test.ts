import { describe, expect, test } from "vitest";
import type { Mark } from "@/rooms/care/quickLine/marks";
import { type Answer, knownIn, matched } from "@/rooms/care/quickLine/matching";
import { namingsOf } from "@/rooms/care/quickLine/naming";

const one = (id: number, name: string, contact = "") => ({ id, name, contact, aside: contact });
const hit = (id: number, name: string, match = "name", contact = "") => ({
  ...one(id, name, contact),
  match,
});

function meant(text: string, answers: Omit<Answer, "words">[]) {
  const namings = namingsOf(text, []);
  const all = answers.map((answer) => ({
    ...answer,
    words: namings.find(({ words }) => words.startsWith(answer.by))?.words ?? "",
  }));
  const { candidates, sure } = matched(text, namings, all);
  return { order: candidates.map(({ id }) => id), sure: sure?.id ?? null };
}

describe("who is surely meant", () => {
  test("the only one who fits", () => {
    expect(meant("给天栎打了电话", [{ by: "天栎", hits: [hit(7, "天栎餐饮")] }]).sure).toBe(7);
  });

  test("nobody among several alike, unless there is nothing to lose", () => {
    const hits = [hit(7, "天栎餐饮"), hit(8, "天栎酒店")];
    expect(meant("给天栎打了电话", [{ by: "天栎", hits }])).toEqual({ order: [7, 8], sure: null });
    expect(meant("天栎", [{ by: "天栎", hits }]).sure).toBe(7);
  });

  test("the name written out before one that only holds it", () => {
    const hits = [hit(7, "新天栎餐饮"), hit(8, "天栎")];
    expect(meant("给天栎打了电话", [{ by: "天栎", hits }])).toEqual({ order: [8, 7], sure: 8 });
  });

  test("a name before a contact, and both before one of them", () => {
    const text = "给天栎打了电话，找朱梦瑶聊的";
    const person = {
      by: "朱梦瑶",
      hits: [hit(9, "青禾", "contact"), hit(8, "天栎酒店", "contact")],
    };
    const name = { by: "天栎", hits: [hit(7, "天栎餐饮"), hit(8, "天栎酒店")] };
    expect(meant(text, [name, person])).toEqual({ order: [8, 7, 9], sure: 8 });
    expect(
      meant("和朱梦瑶聊了合同", [{ by: "朱梦瑶", hits: [person.hits[0] ?? hit(0, "")] }]).sure,
    ).toBe(9);
  });

  test("nobody of two who fit alike, also where this device knows one of them", () => {
    const text = "给天栎的朱总打了电话";
    const marks: Mark[] = [{ kind: "who", start: 4, end: 6 }];
    const namings = namingsOf(text, marks);
    expect(namings.map(({ words }) => words)).toEqual(["天栎", "朱总"]);
    const both = (match: string) => [
      hit(7, "天栎餐饮", match, "朱总"),
      hit(8, "天栎酒店", match, "朱总"),
    ];
    const found = [
      { words: "天栎", by: "天栎", hits: both("name") },
      { words: "朱总", by: "朱总", hits: both("contact") },
    ];
    expect(matched(text, namings, found).sure).toBeNull();
    const known = knownIn(text, namings, [one(8, "天栎酒店", "朱总")]);
    expect(matched(text, namings, [...found, ...known]).sure).toBeNull();
  });

  test("nobody by the beginning of words that may be any word", () => {
    const shanghai = { by: "上海", hits: [hit(7, "上海恒信")] };
    expect(meant("上海核算完毕", [shanghai])).toEqual({ order: [7], sure: null });
    expect(meant("给上海核算完毕", [shanghai]).sure).toBe(7);
  });
});

test("a company named after its place is called without it", () => {
  const xinhua = { by: "信桦", hits: [hit(7, "杭州信桦体育")] };
  expect(meant("今天信桦说要便宜点", [xinhua]).sure).toBe(7);
  expect(meant("给信桦核算账单", [xinhua]).sure).toBe(7);
});

describe("whom this device knows", () => {
  const known = [one(1, "晨星教育", "周敏"), one(2, "钟倩"), one(3, "青禾农业", "钟倩倩")];
  const found = (text: string) => {
    const namings = namingsOf(text, []);
    const { candidates, sure } = matched(text, namings, knownIn(text, namings, known));
    return { order: candidates.map(({ id }) => id), sure: sure?.id ?? null };
  };

  test("by name, by a part of it and by contact", () => {
    expect(found("钟倩")).toEqual({ order: [2, 3], sure: 2 });
    expect(found("今天给晨星打了电话").sure).toBe(1);
    expect(found("下午周敏来了一趟").sure).toBe(1);
  });

  test("nobody without a match", () => {
    expect(found("今天给天栎打了电话")).toEqual({ order: [], sure: null });
    expect(found("")).toEqual({ order: [], sure: null });
  });
});
