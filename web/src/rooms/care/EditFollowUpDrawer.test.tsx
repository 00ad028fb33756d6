import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { afterEach, expect, test, vi } from "vitest";
import type { StoryItem } from "@/api/generated/zhike.schemas";
import { EditFollowUpDrawer } from "@/rooms/care/EditFollowUpDrawer";

const item = (body: string, version: number) =>
  ({
    ...{ actor: null, at: "2026-11-18T04:00:00Z", id: 1, kind: "follow_up", on: "2026-11-18" },
    ...{ body, record: { type: "follow_up", id: 50 }, title: "", verb: "follow_up.logged" },
    detail: { version, way: "phone", contacted_on: "2026-11-18", customer_feedback: "" },
  }) as unknown as StoryItem;

afterEach(() => vi.unstubAllGlobals());

test("where somebody was quicker, one's own form is what counts, as it is told", async () => {
  const sent: { version: number }[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const json = (value: unknown, status = 200) =>
      new Response(JSON.stringify(value), {
        status,
        headers: { "Content-Type": "application/json" },
      });
    if (url.endsWith("/follow-ups/50")) {
      const body = JSON.parse(String(init.body));
      sent.push(body);
      if (body.version === 1) return json({ status: 409, code: "stale", title: "刚被改过" }, 409);
      return json({ id: 50 });
    }
    if (url.includes("/timeline")) return json({ items: [item("同事改的", 2)], next: null });
    return json({ items: [] });
  });
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  client.setQueryData(["me"], { id: 1, name: "王小梅", rights: {}, fields: {} });
  client.setQueryData(["choices"], { way: [{ value: "phone", label: "电话" }], response: [] });
  client.setQueryData(["people"], { items: [] });
  client.setQueryData(["fields"], { items: [] });
  client.setQueryData(["customer", 7], { id: 7, contacts: [] });
  render(
    <QueryClientProvider client={client}>
      <I18nProvider i18n={i18n}>
        <App>
          <EditFollowUpDrawer customer={7} item={item("原来的", 1)} onClose={() => {}} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
  await userEvent.type(screen.getByRole("textbox", { name: "客户反馈与需求变化" }), "要加量");
  await userEvent.click(screen.getByRole("button", { name: /保\s?存/ }));
  expect(await screen.findByText("同事改的")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: /用我的/ }));
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toEqual({ version: 2, content: "原来的", customer_feedback: "要加量" });
});
