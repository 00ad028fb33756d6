import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, renderHook, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { choose, forget, useChosen } from "@/rooms/care/followUpFiles/chosen";
import { QuickDialog } from "@/rooms/care/quickLine/QuickDialog";
import { reading } from "@/rooms/care/quickLine/samples";

const CUSTOMERS = [
  { id: 7, name: "晨星教育", match: "contact" },
  { id: 8, name: "青禾农业", match: "contact" },
];

beforeEach(() => {
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const json = (value: unknown) =>
      new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });
    if (url.includes("/understanding")) return json(reading(JSON.parse(String(init.body))));
    if (url.includes("/search")) return json({ items: CUSTOMERS });
    if (url.includes("/customers/")) return json({ contacts: [], can: {}, fields: {}, budget: "" });
    return json({ items: [], due: [], overdue: [] });
  });
});
afterEach(() => {
  for (const { key } of chosen()) forget(key);
  vi.unstubAllGlobals();
});

const chosen = () => renderHook(() => useChosen()).result.current;

test("who is it about after all: the words and the files go along", async () => {
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
  const line = () => screen.getByRole("textbox", { name: "跟进内容" });
  const pick = async (name: RegExp) => userEvent.click(await screen.findByText(name));
  await userEvent.type(line(), "聊了报价");
  await pick(/^晨星教育$/);
  expect(line()).toHaveValue("聊了报价");
  act(() => choose(1, 7, [new File(["x"], "报价.xlsx")]));
  await userEvent.click(await screen.findByRole("button", { name: "换一位" }));
  await pick(/^青禾农业$/);
  await waitFor(() => expect(line()).toHaveValue("聊了报价"));
  expect(chosen().map(({ customer }) => customer)).toEqual([8]);
});
