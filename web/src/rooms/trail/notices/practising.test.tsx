import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { App } from "antd";
import { afterEach, expect, it, vi } from "vitest";
import type { Notice } from "@/api/notices";
import { NoticePanel } from "@/rooms/trail/notices/NoticePanel";

vi.hoisted(() => window.history.pushState(null, "", "/practice/"));

vi.mock("@tanstack/react-router", () => ({ useRouter: () => ({}) }));

const NOTICE: Notice = {
  id: 1,
  kind: "task_due",
  title: "跟进云山科技：发报价",
  body: "",
  customer: { id: 1_000_000_007, name: "云山科技" },
  record: { type: "task", id: 1_000_000_003 },
  due_at: "2026-11-18T01:00:00Z",
  created_at: "2026-11-18T01:00:02Z",
  read_at: null,
  late_minutes: 0,
};

afterEach(() => vi.unstubAllGlobals());

it("leads to the practice workspace, and not to settings that are closed there", async () => {
  vi.stubGlobal("fetch", async () => {
    const headers = { "Content-Type": "application/json" };
    return new Response(JSON.stringify({ items: [NOTICE], next: null }), { headers });
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <I18nProvider i18n={i18n}>
        <App>
          <NoticePanel isOpen unread={1} onClose={() => {}} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
  const link = await screen.findByRole("link", { name: /跟进云山科技/ });
  expect(link).toHaveAttribute("href", "/practice/customers/1000000007");
  expect(screen.queryByRole("link", { name: /怎么通知我/ })).toBeNull();
});
