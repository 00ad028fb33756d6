import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { expect, test } from "vitest";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { TaskTitle } from "@/rooms/care/tasks/TaskTitle";

const TASK: TaskOut = {
  ...{ id: 5, version: 2, kind: "todo", title: "交周报", materials: "", way: "", why: "" },
  ...{ due_on: "2026-11-18", due_time: null, done_at: null, customer: null },
  ...{ assignee: { id: 1, name: "王小梅" }, remind_before: null, remind_at: null },
  ...{ repeat: "", repeat_every: 1, repeat_until: null, series: null },
};

function show(mayLog: boolean) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  client.setQueryData(["me"], { id: 1, name: "王小梅", rights: {}, fields: {} });
  client.setQueryData(["people"], { items: [{ id: 1, name: "王小梅", is_active: true }] });
  client.setQueryData(["choices"], {});
  render(
    <QueryClientProvider client={client}>
      <I18nProvider i18n={i18n}>
        <App>
          <TaskTitle task={TASK} mayLog={mayLog} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
}

test("a click on what is to be done opens all of it", async () => {
  show(true);
  await userEvent.click(screen.getByRole("button", { name: "交周报" }));
  expect(await screen.findByRole("dialog", { name: "改待办" })).toBeInTheDocument();
  expect(screen.getByRole("textbox", { name: "要做什么" })).toHaveValue("交周报");
});

test("who may not change it only reads it", () => {
  show(false);
  expect(screen.getByText("交周报")).toBeInTheDocument();
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});
