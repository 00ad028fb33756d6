import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { App } from "antd";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { TaskRow } from "@/rooms/care/TaskRow";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ children }: { children: ReactNode }) => <a href="/open">{children}</a>,
}));

const TASK: TaskOut = {
  ...{ id: 5, version: 1, kind: "todo", title: "寄样品", materials: "", way: "", why: "" },
  ...{ due_on: "2026-11-18", due_time: null, done_at: null },
  ...{ assignee: { id: 1, name: "林冲" }, remind_before: null, remind_at: null },
  ...{ repeat: "", repeat_every: 1, repeat_until: null, series: null },
  customer: {
    ...{ id: 7, name: "华为技术有限公司", code: "K7", is_key: false, in_sight: true },
    ...{ contact_id: null, contact_name: "", phone: "" },
  },
};

function show(isInSight: boolean) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  client.setQueryData(["me"], { id: 1, name: "林冲", rights: { log: true }, fields: {} });
  const customer = TASK.customer && { ...TASK.customer, in_sight: isInSight };
  render(
    <QueryClientProvider client={client}>
      <I18nProvider i18n={i18n}>
        <App>
          <TaskRow task={{ ...TASK, customer }} isLogging={false} onLog={() => {}} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
}

test("a task leads to its customer", () => {
  show(true);
  expect(screen.getByRole("link", { name: /华为技术有限公司/ })).toBeInTheDocument();
  expect(screen.getByRole("button", { name: /记跟进/ })).toBeInTheDocument();
  expect(screen.getByRole("button", { name: /前看一眼/ })).toBeInTheDocument();
});

test("where the file is out of sight, nothing leads to it", () => {
  show(false);
  expect(screen.getByText("华为技术有限公司")).toHaveAttribute("title", "你看不到这位客户的档案");
  expect(screen.queryByRole("link")).toBeNull();
  expect(screen.queryByRole("button", { name: /记跟进|前看一眼/ })).toBeNull();
  expect(screen.getByText("寄样品")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "推迟" })).toBeInTheDocument();
});
