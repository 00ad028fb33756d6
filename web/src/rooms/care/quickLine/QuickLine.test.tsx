import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FollowUpIn, UnderstoodOut } from "@/api/generated/zhike.schemas";
import { dropDraft } from "@/rooms/care/drafts";
import { QuickLine } from "@/rooms/care/quickLine/QuickLine";
import { reading } from "@/rooms/care/quickLine/samples";

const ME = { id: 1, name: "王小梅", rights: {}, fields: {} };
const CUSTOMER = {
  id: 7,
  name: "晨星教育",
  version: 3,
  budget: "30万",
  can: { edit: true },
  fields: { needs: "edit" },
  contacts: [{ id: 9, name: "张经理", title: "采购" }],
};
const CHOICES = {
  way: [
    { value: "phone", label: "电话" },
    { value: "visit", label: "拜访" },
  ],
  response: [{ value: "accepted", label: "认可" }],
};
const SENTENCE = "昨天拜访张经理，预算50万，12月2日发报价";
const READ = reading({
  date: "2026-11-17",
  way: "拜访",
  person: "张经理",
  contact_id: 9,
  budget: [500000, 500000],
  next_date: "2026-12-02",
  next_matter: "发报价",
  spans: [
    { field: "way", start: 2, end: 4 },
    { field: "next_date", start: 14, end: 19 },
  ],
});

let understanding: (text: string) => Promise<UnderstoodOut | null>;
let refusal: object | null;
let undoing: object | null;
let budgetRefusal: object | null;
let logged: FollowUpIn[];
let saving: Promise<void>;
let patched: unknown[];

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-18T04:00:00Z"), toFake: ["Date"] });
  understanding = async (text) => (text.startsWith(SENTENCE) ? READ : reading({ content: text }));
  refusal = null;
  undoing = null;
  budgetRefusal = null;
  logged = [];
  saving = Promise.resolve();
  patched = [];
  dropDraft(ME.id, CUSTOMER.id);
  localStorage.clear();
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const json = (value: unknown, status = 200) =>
      new Response(JSON.stringify(value), {
        status,
        headers: { "Content-Type": "application/json" },
      });
    const body = init.body ? JSON.parse(String(init.body)) : null;
    if (url.includes("/understanding")) {
      const read = await understanding(body.text);
      return read ? json(read) : json({ title: "忙不过来" }, 503);
    }
    if (url.endsWith("/follow-ups/50/undoing")) {
      return undoing ? json(undoing, 409) : new Response(null, { status: 204 });
    }
    if (url.includes("/follow-ups")) {
      logged.push(body);
      await saving;
      if (refusal && !body.agreed) return json(refusal, 409);
      return json({
        id: 50,
        is_late: false,
        next: body.next ? { on: body.next.on, why: "" } : null,
      });
    }
    if (url.includes("/next-contact")) return json({ on: "2026-12-01", why: "老客户每两周" });
    if (url.includes("/customers/7")) {
      if (init.method === "PATCH") {
        if (budgetRefusal) return json(budgetRefusal, 409);
        patched.push(body);
      }
      return json(CUSTOMER);
    }
    return json({ items: [] });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function show() {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  client.setQueryData(["me"], ME);
  client.setQueryData(["choices"], CHOICES);
  client.setQueryData(["people"], { items: [] });
  client.setQueryData(["customer", 7], CUSTOMER);
  client.setQueryData(["fields"], { items: [] });
  render(
    <QueryClientProvider client={client}>
      <I18nProvider i18n={i18n}>
        <App>
          <QuickLine customer={{ id: 7, name: "晨星教育" }} isAsked />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
  return screen.getByRole("textbox", { name: "跟进内容" });
}

const card = () => screen.getByRole("region", { name: "看懂的内容" });
const isReady = () => waitFor(() => expect(card()).toHaveAttribute("aria-busy", "false"));

test("a sentence, a look, Enter: what was understood is what is saved", async () => {
  const line = show();
  await userEvent.type(line, SENTENCE);
  await isReady();
  for (const name of ["时间：11月17日 昨天", "方式：拜访", "和谁：张经理", "预算：预算 50万"])
    expect(within(card()).getByRole("button", { name })).toBeVisible();
  await userEvent.type(line, "{Enter}");
  await waitFor(() => expect(logged).toHaveLength(1));
  expect(logged[0]).toMatchObject({
    way: "visit",
    content: SENTENCE,
    contacted_on: "2026-11-17",
    contact_id: 9,
    next: { on: "2026-12-02", matter: "发报价" },
  });
  await waitFor(() => expect(patched).toEqual([{ version: 3, budget: "50万" }]));
  expect(line).toHaveValue("");
});

test("Enter before anything was understood saves nothing; the next one does", async () => {
  let answer: (read: UnderstoodOut) => void = () => {};
  understanding = () => new Promise((resolve) => (answer = resolve));
  const line = show();
  await userEvent.type(line, `${SENTENCE}{Enter}`);
  expect(screen.getByText("看一眼，没错再按回车")).toBeInTheDocument();
  await waitFor(() => {
    answer(READ);
    expect(card()).toHaveAttribute("aria-busy", "false");
  });
  expect(logged).toEqual([]);
  await userEvent.type(line, "{Enter}");
  await waitFor(() => expect(logged).toHaveLength(1));
});

test("an answer to what stood there before changes nothing any more", async () => {
  const waiting: Record<string, (read: UnderstoodOut) => void> = {};
  understanding = (text) => new Promise((resolve) => (waiting[text] = resolve));
  const line = show();
  await userEvent.type(line, "电话");
  await waitFor(() => expect(waiting.电话).toBeDefined());
  await userEvent.type(line, "改成了拜访");
  await waitFor(() => expect(waiting.电话改成了拜访).toBeDefined());
  waiting.电话改成了拜访?.(reading({ way: "拜访" }));
  await isReady();
  waiting.电话?.(reading({ way: "电话" }));
  await new Promise((done) => setTimeout(done, 50));
  expect(within(card()).getByRole("button", { name: "方式：拜访" })).toBeVisible();
});

test("a chip taken away is not saved, and its words are plain again", async () => {
  const line = show();
  await userEvent.type(line, SENTENCE);
  await isReady();
  expect(document.querySelector(".ql-under .ql-next")).toHaveTextContent("12月2日");
  await userEvent.click(screen.getByRole("button", { name: "去掉下次" }));
  expect(document.querySelector(".ql-under .ql-next")).toBeNull();
  await userEvent.type(line, "。");
  await isReady();
  await userEvent.type(line, "{Control>}{Enter}{/Control}");
  await waitFor(() => expect(logged).toHaveLength(1));
  expect(logged[0]).not.toHaveProperty("next");
});

test("a chip is changed where it stands, and stays so while one writes on", async () => {
  const line = show();
  await userEvent.type(line, SENTENCE);
  await isReady();
  await userEvent.click(screen.getByRole("button", { name: "方式：拜访" }));
  await userEvent.click(screen.getByRole("radio", { name: /电话/ }));
  await userEvent.type(line, "。");
  await isReady();
  expect(screen.getByRole("button", { name: "方式：电话" })).toBeVisible();
});

test("a chip under the pointer lights its words", async () => {
  const line = show();
  await userEvent.type(line, SENTENCE);
  await isReady();
  await userEvent.hover(screen.getByRole("button", { name: "方式：拜访" }));
  expect(document.querySelector(".ql-mark.is-lit")).toHaveTextContent("拜访");
});

test("a day left open is asked for, and one click answers", async () => {
  understanding = async (text) =>
    text === "节后第一天联系"
      ? reading({ next_date: "2027-01-04" })
      : reading({ vague: "节后", next_matter: "再联系" });
  const line = show();
  await userEvent.type(line, "聊了报价，节后再联系");
  const question = await screen.findByRole("group", { name: "“节后”具体是哪天？" });
  await within(question).findByRole("button", { name: "2027年1月4日 周一" });
  await isReady();
  await userEvent.type(line, "{Enter}");
  expect(logged).toEqual([]);
  expect(document.activeElement).toHaveTextContent("2027年1月4日 周一");
  await userEvent.keyboard("{Enter}");
  expect(line).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(logged).toHaveLength(1));
  expect(logged[0]?.next).toEqual({ on: "2027-01-04", matter: "再联系" });
});

test("where nobody reads the sentence it is saved as it was written", async () => {
  understanding = async () => null;
  const line = show();
  await userEvent.type(line, "聊了报价");
  await isReady();
  expect(screen.getByText("这会儿读不懂句子，会照原话记下")).toBeInTheDocument();
  await userEvent.type(line, "{Enter}");
  await waitFor(() => expect(logged).toMatchObject([{ way: "phone", content: "聊了报价" }]));
});

test("too often is said with the reason, and saved once it was agreed", async () => {
  refusal = { status: 409, code: "too_often", title: "这位普通客户本月已联系 2 次。" };
  const line = show();
  await userEvent.type(line, "聊了报价");
  await isReady();
  await userEvent.type(line, "{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("本月已联系 2 次");
  expect(line).toHaveValue("聊了报价");
  await userEvent.click(screen.getByRole("button", { name: "客户同意了，照样记" }));
  await waitFor(() => expect(logged.at(-1)).toMatchObject({ agreed: true }));
  await waitFor(() => expect(line).toHaveValue(""));
});

test("what is typed while it is being saved begins the next one", async () => {
  let save: () => void = () => {};
  saving = new Promise((resolve) => (save = resolve));
  const line = show();
  await userEvent.type(line, "聊了报价");
  await isReady();
  await userEvent.type(line, "{Enter}");
  await waitFor(() => expect(logged).toHaveLength(1));
  await userEvent.type(line, "，样品明天寄");
  save();
  await waitFor(() => expect(line).toHaveValue("，样品明天寄"));
  expect(logged).toMatchObject([{ content: "聊了报价" }]);
});

test("taken back, the sentence stands in the line again", async () => {
  const line = show();
  await userEvent.type(line, SENTENCE);
  await isReady();
  await userEvent.type(line, "{Enter}");
  await userEvent.click(await screen.findByRole("button", { name: /撤\s?销/ }));
  await waitFor(() => expect(line).toHaveValue(SENTENCE));
});

test("the sentence is back also where the budget cannot be taken back", async () => {
  const line = show();
  await userEvent.type(line, SENTENCE);
  await isReady();
  await userEvent.type(line, "{Enter}");
  await waitFor(() => expect(patched).toHaveLength(1));
  budgetRefusal = { status: 409, code: "stale", title: "这条记录刚刚被别人修改过" };
  await userEvent.click(await screen.findByRole("button", { name: /撤\s?销/ }));
  expect(await screen.findByText("这条记录刚刚被别人修改过")).toBeInTheDocument();
  expect(line).toHaveValue(SENTENCE);
});

test("a refusal the line has no place for is told all the same", async () => {
  const message = "这位联系人不属于该客户，请重新选择。";
  refusal = {
    status: 422,
    code: "invalid",
    title: message,
    errors: [{ field: "contact_id", message }],
  };
  const line = show();
  await userEvent.type(line, "聊了报价");
  await isReady();
  await userEvent.type(line, "{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent(message);
});

test("what can no longer be taken back says so, and the line stays empty", async () => {
  undoing = { status: 409, code: "too_late", title: "这条跟进已经记了一会儿，不能再撤销。" };
  const line = show();
  await userEvent.type(line, SENTENCE);
  await isReady();
  await userEvent.type(line, "{Enter}");
  await userEvent.click(await screen.findByRole("button", { name: /撤\s?销/ }));
  expect(await screen.findByText("这条跟进已经记了一会儿，不能再撤销。")).toBeInTheDocument();
  expect(line).toHaveValue("");
});

test("who wants no next one says so to the server too", async () => {
  const line = show();
  await userEvent.type(line, "聊了报价");
  await isReady();
  await userEvent.click(await screen.findByRole("radio", { name: "明天" }));
  await userEvent.click(screen.getByRole("radio", { name: "不安排" }));
  await userEvent.click(screen.getByRole("button", { name: /记\s?下/ }));
  await waitFor(() => expect(logged).toMatchObject([{ by_rule: false }]));
  expect(logged[0]).not.toHaveProperty("next");
});
