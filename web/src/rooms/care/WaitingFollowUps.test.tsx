import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, renderHook, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { changeDraft, dropDraft, readDraft } from "@/rooms/care/drafts";
import { choose, forget, holdBack, useChosen } from "@/rooms/care/followUpFiles/chosen";
import { drop, keep, waitingOf } from "@/rooms/care/outbox";
import { SendWaiting } from "@/rooms/care/SendWaiting";
import { WaitingFollowUps } from "@/rooms/care/WaitingFollowUps";

const ME = { id: 1, name: "王小梅", rights: {}, fields: {} };
const NOTE = {
  customer: { id: 7, name: "晨星教育" },
  body: { way: "phone", content: "聊了报价", todos: [], custom: { x3: "展会认识" } },
  budget: "50万",
};

let refusal: object | null;
let patched: unknown[];

beforeEach(() => {
  refusal = null;
  patched = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const json = (value: unknown, status = 200) =>
      new Response(JSON.stringify(value), {
        status,
        headers: { "Content-Type": "application/json" },
      });
    if (url.endsWith("/follow-ups")) return refusal ? json(refusal, 422) : json({ id: 50 });
    if (url.includes("/timeline")) return json({ items: [], next: null });
    if (url.includes("/customers/7")) {
      if (init.method === "PATCH") patched.push(JSON.parse(String(init.body)));
      return json({ id: 7, version: 3, budget: "" });
    }
    return json({ items: [] });
  });
});
afterEach(() => {
  for (const { key } of waitingOf(ME.id)) drop(ME.id, key);
  for (const { key } of chosen()) forget(key);
  dropDraft(ME.id, 7);
  vi.unstubAllGlobals();
});

const chosen = () => renderHook(() => useChosen()).result.current;

function show() {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  client.setQueryData(["me"], ME);
  render(
    <QueryClientProvider client={client}>
      <I18nProvider i18n={i18n}>
        <App>
          <SendWaiting />
          <WaitingFollowUps />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
}

test("the budget that was told goes into the file once the follow-up has arrived", async () => {
  keep(ME.id, NOTE);
  show();
  await waitFor(() => expect(patched).toEqual([{ version: 3, budget: "50万" }]));
  await waitFor(() => expect(waitingOf(ME.id)).toEqual([]));
});

test("one that was refused is a draft again with all that belongs to it", async () => {
  refusal = { status: 422, code: "invalid", title: "这位联系人不属于该客户" };
  const key = keep(ME.id, NOTE);
  choose(ME.id, 7, [new File(["x"], "现场.png")]);
  holdBack(ME.id, 7, key);
  show();
  await userEvent.click(await screen.findByRole("button", { name: "改一改" }));
  expect(readDraft(ME.id, 7)).toMatchObject({
    content: "聊了报价",
    budget: "50万",
    custom: { x3: "展会认识" },
  });
  expect(chosen()).toMatchObject([{ customer: 7, to: "draft" }]);
  expect(waitingOf(ME.id)).toEqual([]);
});

test("it does not take the place of what is being written", async () => {
  refusal = { status: 422, code: "invalid", title: "这位联系人不属于该客户" };
  keep(ME.id, NOTE);
  changeDraft(ME.id, 7, { content: "今天又打了电话" });
  show();
  await userEvent.click(await screen.findByRole("button", { name: "改一改" }));
  expect(await screen.findByText(/还有一条没写完的跟进/)).toBeInTheDocument();
  expect(readDraft(ME.id, 7).content).toBe("今天又打了电话");
  expect(waitingOf(ME.id)).toHaveLength(1);
});
