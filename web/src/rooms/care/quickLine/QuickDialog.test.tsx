import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, renderHook, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { changeDraft } from "@/rooms/care/drafts";
import { choose, forget, useChosen } from "@/rooms/care/followUpFiles/chosen";
import { QuickDialog } from "@/rooms/care/quickLine/QuickDialog";
import { reading } from "@/rooms/care/quickLine/samples";

const HIT = { contact_name: "", phone: "" };
const CONTACTS = [
  { ...HIT, id: 7, name: "晨星教育", match: "contact" },
  { ...HIT, id: 8, name: "青禾农业", match: "contact" },
];
const TIANLI = { ...HIT, id: 9, name: "天栎餐饮", match: "name" };
const UNSEEN = { id: 4, name: "云麓医院", contact_name: "", code: "K4", in_sight: false };
const DUE = { id: 3, name: "安和药房", contact_name: "钟倩", code: "K3", in_sight: true };

/** What the search finds, by word; the words it was asked for. */
let found: Record<string, object[]>;
let asked: string[];

beforeEach(() => {
  found = {};
  asked = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const json = (value: unknown) =>
      new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });
    if (url.includes("/understanding")) return json(reading(JSON.parse(String(init.body))));
    if (url.includes("/search")) {
      const word = new URL(url, "http://x").searchParams.get("q") ?? "";
      asked.push(word);
      return json({ items: found[word] ?? [] });
    }
    if (url.includes("/customers/")) return json({ contacts: [], can: {}, fields: {}, budget: "" });
    return json({
      items: [],
      due: [{ customer: UNSEEN }, { customer: DUE }],
      overdue: [],
      coming: [],
      promises: [],
    });
  });
});
afterEach(() => {
  for (const { key } of chosen()) forget(key);
  for (const customer of [0, 3, 7, 8, 9]) changeDraft(1, customer, { content: "" });
  vi.restoreAllMocks();
  act(() => void window.dispatchEvent(new Event("online")));
  vi.unstubAllGlobals();
});

const chosen = () => renderHook(() => useChosen()).result.current;
const line = () => screen.getByRole("textbox", { name: "跟进内容" });
const picked = async (name: string) => {
  expect(await screen.findByRole("button", { name: "换一位" })).toBeInTheDocument();
  expect(screen.getByText(name, { selector: ".about strong" })).toBeInTheDocument();
};
const nobody = () => expect(screen.queryByRole("button", { name: "换一位" })).toBeNull();

function goOffline() {
  vi.spyOn(window.navigator, "onLine", "get").mockReturnValue(false);
  act(() => void window.dispatchEvent(new Event("offline")));
}

function openDialog() {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  client.setQueryData(["me"], { id: 1, name: "王小梅", rights: {}, fields: {} });
  client.setQueryData(["choices"], { way: [], response: [] });
  client.setQueryData(["people"], { items: [] });
  client.setQueryData(["fields"], { items: [] });
  render(
    <QueryClientProvider client={client}>
      <I18nProvider i18n={i18n}>
        <App>
          <QuickDialog open onClose={() => {}} customer={null} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
}

test("who is it about after all: the words and the files go along", async () => {
  found = { 周总: CONTACTS };
  openDialog();
  const pick = async (name: RegExp) => userEvent.click(await screen.findByText(name));
  await userEvent.type(line(), "周总说贵");
  await pick(/^晨星教育$/);
  expect(line()).toHaveValue("周总说贵");
  act(() => choose(1, 7, [new File(["x"], "报价.xlsx")]));
  await userEvent.click(await screen.findByRole("button", { name: "换一位" }));
  await pick(/^青禾农业$/);
  await waitFor(() => expect(line()).toHaveValue("周总说贵"));
  expect(chosen().map(({ customer }) => customer)).toEqual([8]);
});

describe("whom Enter takes", () => {
  test("the customer named in the midst of the sentence, also when it comes too early", async () => {
    found = { 天栎: [TIANLI] };
    openDialog();
    await screen.findByText("安和药房");
    await userEvent.type(line(), "今天给天栎打了电话，下周三送样机{Enter}");
    await picked("天栎餐饮");
    expect(line()).toHaveValue("今天给天栎打了电话，下周三送样机");
    expect(new Set(asked)).toEqual(new Set(["天栎"]));
  });

  test("nobody where nobody is named; the arrows choose of those due", async () => {
    openDialog();
    await screen.findByText("安和药房");
    await userEvent.type(line(), "今天给天栎打了电话，下周三送样机{Enter}");
    expect(await screen.findByText("记在哪位客户下？")).toBeInTheDocument();
    await userEvent.keyboard("{Enter}");
    nobody();
    await userEvent.keyboard("{ArrowDown}{Enter}");
    await picked("安和药房");
  });

  test("nobody whose file is out of sight, though a task is about them", async () => {
    openDialog();
    await screen.findByText("安和药房");
    expect(screen.queryByText("云麓医院")).toBeNull();
    await userEvent.type(line(), "云麓医院{Enter}");
    expect(await screen.findByText("记在哪位客户下？")).toBeInTheDocument();
    nobody();
  });

  test("nobody on an empty line", async () => {
    openDialog();
    await screen.findByText("安和药房");
    await userEvent.type(line(), "{Enter}{Enter}");
    nobody();
    expect(document.querySelector(".quick-candidates .is-on")).toBeNull();
  });

  test("nobody among several who may be meant", async () => {
    found = { 周总: CONTACTS };
    openDialog();
    await userEvent.type(line(), "周总说贵{Enter}");
    expect(await screen.findByText(/^有几位像，拿不准是哪位。/)).toBeInTheDocument();
    nobody();
  });
});

describe("without a network", () => {
  test("a customer this device knows is found, nobody else is taken", async () => {
    openDialog();
    await screen.findByText("安和药房");
    goOffline();
    await userEvent.type(line(), "天栎说要便宜点{Enter}");
    expect(await screen.findByText(/^没连上网，只找了这台设备上看过的客户。/)).toBeInTheDocument();
    nobody();
    await userEvent.clear(line());
    await userEvent.type(line(), "安和药房 要两台{Enter}");
    await picked("安和药房");
    expect(line()).toHaveValue("要两台");
    expect(asked).toEqual([]);
  });

  test("also by the person there", async () => {
    openDialog();
    await screen.findByText("安和药房");
    goOffline();
    await userEvent.type(line(), "钟倩{Enter}");
    await picked("安和药房");
  });
});
