import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { afterEach, expect, test, vi } from "vitest";
import { TaskDrawer } from "@/rooms/care/tasks/TaskDrawer";

afterEach(() => vi.unstubAllGlobals());

async function give(seen: boolean) {
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
    const assignee = { id: 2, name: "林冲" };
    const saved = { id: 5, customer: { id: 7 }, assignee, assignee_sees: seen };
    const headers = { "Content-Type": "application/json" };
    return new Response(JSON.stringify(init.body ? saved : { items: [] }), { headers });
  });
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  client.setQueryData(["me"], { id: 1, name: "王小梅", rights: { log: true }, fields: {} });
  client.setQueryData(["people"], { items: [{ id: 1, name: "王小梅", is_active: true }] });
  client.setQueryData(["choices"], {});
  const of = { title: "寄样品", due_on: "2026-11-25", customer: 7 };
  render(
    <QueryClientProvider client={client}>
      <I18nProvider i18n={i18n}>
        <App>
          <TaskDrawer open of={of} onClose={() => {}} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
  await userEvent.click(screen.getByRole("button", { name: /保\s?存/ }));
  await screen.findByText(/记下了：11月25日 周三/);
}

const HINT = /林冲看不到这位客户的档案/;

test("who gives a task learns that the other cannot see its customer", async () => {
  await give(false);
  expect(screen.getByText(HINT)).toBeInTheDocument();
});

test("and nothing of it where they can", async () => {
  await give(true);
  expect(screen.queryByText(HINT)).toBeNull();
});
