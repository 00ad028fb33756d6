import { beforeEach, describe, expect, test, vi } from "vitest";

/** A fresh page: nothing in memory, only what the browser stored. */
async function reload() {
  vi.resetModules();
  return import("@/rooms/care/drafts");
}

beforeEach(() => localStorage.clear());

describe("drafts", () => {
  test("what was typed is there again after a reload, for that person and customer alone", async () => {
    const before = await reload();
    before.changeDraft(1, 7, { content: "写到一半" });
    const after = await reload();
    expect(after.readDraft(1, 7).content).toBe("写到一半");
    expect(after.readDraft(1, 8).content).toBe("");
    expect(after.readDraft(2, 7).content).toBe("");
  });

  test("a draft emptied again leaves nothing behind", async () => {
    const { changeDraft } = await reload();
    changeDraft(1, 7, { content: "写" });
    changeDraft(1, 7, { content: "" });
    expect(Object.keys(localStorage)).toEqual([]);
  });

  test("after saving, the next one begins blank and with the way used last", async () => {
    const { changeDraft, dropDraft, readDraft } = await reload();
    readDraft(1, 8);
    changeDraft(1, 7, { way: "visit", content: "见了面" });
    dropDraft(1, 7);
    expect(readDraft(1, 7)).toMatchObject({ way: "visit", content: "" });
    expect(readDraft(1, 8).way).toBe("visit");
  });
});
