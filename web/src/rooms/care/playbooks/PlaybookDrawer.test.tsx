import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { afterEach, expect, test, vi } from "vitest";
import type { PlaybookOut } from "@/api/generated/zhike.schemas";
import { PlaybookDrawer } from "@/rooms/care/playbooks/PlaybookDrawer";

const plan = (goal: string, version: number): PlaybookOut => ({
  ...{ id: 3, name: "新客户开发", goal, is_shared: false, can_edit: true, owner: null },
  ...{ running: 0, version, steps: [{ after: 0, title: "首次电话" }] },
});

afterEach(() => vi.unstubAllGlobals());

test("where somebody was quicker, theirs is shown, and what was written can still be saved", async () => {
  const sent: { version: number; goal: string }[] = [];
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    const json = (value: unknown, status = 200) =>
      new Response(JSON.stringify(value), {
        status,
        headers: { "Content-Type": "application/json" },
      });
    if (init.method !== "PATCH") return json({ items: [plan("同事写的目标", 2)] });
    const body = JSON.parse(String(init.body));
    sent.push(body);
    if (body.version === 1) return json({ status: 409, code: "stale", title: "刚被改过" }, 409);
    return json(plan(body.goal, 3));
  });
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  client.setQueryData(["me"], { id: 1, name: "王小梅", rights: {}, fields: {} });
  client.setQueryData(["choices"], { way: [{ value: "phone", label: "电话" }] });
  const onClose = vi.fn();
  render(
    <QueryClientProvider client={client}>
      <I18nProvider i18n={i18n}>
        <App>
          <PlaybookDrawer playbook={plan("", 1)} like={null} onClose={onClose} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
  await userEvent.type(screen.getByRole("textbox", { name: "目标" }), "见到拍板的人");
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.click(await screen.findByRole("button", { name: /留\s?下/ }));
  await userEvent.click(screen.getByRole("button", { name: /保\s?存/ }));
  expect(await screen.findByText(/同事写的目标/)).toBeVisible();
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: /用我的/ }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent.map(({ version, goal }) => [version, goal])).toEqual([
    [1, "见到拍板的人"],
    [2, "见到拍板的人"],
  ]);
});
