import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { App } from "antd";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import type { TaskOut, Today } from "@/api/generated/zhike.schemas";
import { TodayAside } from "@/rooms/care/today/TodayAside";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ children }: { children: ReactNode }) => <a href="/open">{children}</a>,
}));

const promise = (id: number, name: string, in_sight: boolean): TaskOut => ({
  ...{ id, version: 1, kind: "todo", title: `寄样品${id}`, materials: "", way: "", why: "" },
  ...{ due_on: "2026-11-18", due_time: null, done_at: null },
  ...{ assignee: { id: 1, name: "林冲" }, remind_before: null, remind_at: null },
  ...{ repeat: "", repeat_every: 1, repeat_until: null, series: null },
  customer: {
    ...{ id, name, code: `K${id}`, is_key: false, in_sight },
    ...{ contact_id: null, contact_name: "", phone: "" },
  },
});

test("what was promised leads to its customer only where the file may be seen", () => {
  const promises = [promise(7, "华为技术有限公司", true), promise(8, "云麓医院", false)];
  const today = { promises, key_dates: [], new_customers: [], pool: { falling: [], new: 0 } };
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  client.setQueryData(["me"], { id: 1, name: "林冲", rights: { log: true }, fields: {} });
  render(
    <QueryClientProvider client={client}>
      <I18nProvider i18n={i18n}>
        <App>
          <TodayAside today={today as unknown as Today} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
  expect(screen.getByRole("link", { name: "华为技术有限公司" })).toBeInTheDocument();
  expect(screen.queryByRole("link", { name: "云麓医院" })).toBeNull();
  expect(screen.getByText("云麓医院")).toHaveAttribute("title", "你看不到这位客户的档案");
  expect(screen.getByText("寄样品8")).toBeInTheDocument();
});
