import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  choose,
  forget,
  holdBack,
  sendAgain,
  sendOfDraft,
  sendOfWaiting,
  useChosen,
} from "@/rooms/care/followUpFiles/chosen";

/** What the server was sent, and what it answers. */
let sent: { url: string; form: FormData }[];
let answer: { status: number; body: string };

class Post {
  upload = { onprogress: null };
  responseText = "";
  status = 0;
  url = "";
  onload = () => {};
  onerror = () => {};
  open(_method: string, url: string) {
    this.url = url;
  }
  setRequestHeader() {}
  getResponseHeader() {
    return "application/json";
  }
  send(form: FormData) {
    sent.push({ url: this.url, form });
    this.status = answer.status;
    this.responseText = answer.body;
    queueMicrotask(() => this.onload());
  }
}

const photo = () => new File(["x"], "现场.png", { type: "image/png" });
const sheet = () => new File(["y"], "报价.xlsx");
const now = () => renderHook(() => useChosen()).result.current;
const names = () => now().map((one) => one.file.name);

beforeEach(() => {
  sent = [];
  answer = { status: 201, body: "{}" };
  vi.stubGlobal("XMLHttpRequest", Post);
});
afterEach(() => {
  for (const { key } of now()) forget(key);
  vi.unstubAllGlobals();
});

const sending = (followUp: number) => ({ followUp, onSent: vi.fn(), onRefused: vi.fn() });

test("once saved, the files of that draft go to its follow-up, and no others", async () => {
  choose(1, 7, [photo(), sheet()]);
  choose(1, 8, [photo()]);
  choose(2, 7, [sheet()]);
  const to = sending(50);
  await act(async () => sendOfDraft(1, 7, to));
  await vi.waitFor(() => expect(to.onSent).toHaveBeenCalledTimes(2));
  expect(sent.map(({ url }) => url)).toEqual(Array(2).fill("/api/v1/customers/7/attachments"));
  expect(sent.map(({ form }) => (form.get("file") as File).name)).toEqual([
    "现场.png",
    "报价.xlsx",
  ]);
  expect([sent[0]?.form.get("of"), sent[0]?.form.get("record_id")]).toEqual(["follow_up", "50"]);
  expect(now().map((one) => [one.person, one.customer])).toEqual([
    [1, 8],
    [2, 7],
  ]);
});

test("a refused one stays with its follow-up and goes again", async () => {
  choose(1, 7, [photo()]);
  answer = { status: 422, body: JSON.stringify({ status: 422, title: "文件太大了" }) };
  const to = sending(50);
  sendOfDraft(1, 7, to);
  await vi.waitFor(() => expect(to.onRefused).toHaveBeenCalledWith("现场.png", "文件太大了"));
  const [refused] = now();
  expect([refused?.to, refused?.problem]).toEqual([50, "文件太大了"]);
  answer = { status: 201, body: "{}" };
  sendAgain(refused?.key ?? 0, to);
  await vi.waitFor(() => expect(to.onSent).toHaveBeenCalled());
  expect(names()).toEqual([]);
});

test("without a network they wait with their follow-up, not with the next draft", async () => {
  choose(1, 7, [photo()]);
  expect(holdBack(1, 7, "w1")).toBe(1);
  choose(1, 7, [sheet()]);
  const to = sending(51);
  sendOfWaiting("w1", to);
  await vi.waitFor(() => expect(to.onSent).toHaveBeenCalledTimes(1));
  expect(sent.map(({ form }) => (form.get("file") as File).name)).toEqual(["现场.png"]);
  expect(names()).toEqual(["报价.xlsx"]);
});

test("what was left out is not sent", async () => {
  choose(1, 7, [photo(), sheet()]);
  forget(now()[0]?.key ?? 0);
  const to = sending(52);
  sendOfDraft(1, 7, to);
  await vi.waitFor(() => expect(to.onSent).toHaveBeenCalledTimes(1));
  expect(sent).toHaveLength(1);
});
