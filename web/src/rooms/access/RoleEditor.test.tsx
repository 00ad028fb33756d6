import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RoleEditor } from "@/rooms/access/RoleEditor";
import { roleOf, WORDS } from "@/rooms/access/roleSamples";
import type { Role } from "@/rooms/access/roleTypes";

/** The server of these tests: the role as it stands now, and what it was sent. */
let now: Role;
let sent: Record<string, unknown>[];

beforeEach(() => {
  now = roleOf();
  sent = [];
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    const json = (value: unknown, status = 200) =>
      new Response(JSON.stringify(value), {
        status,
        headers: { "Content-Type": "application/json" },
      });
    if (init.method === "GET") return json({ items: [now] });
    const body = JSON.parse(String(init.body));
    sent.push(body);
    if (body.version !== now.version) {
      return json({ status: 409, code: "stale", title: "这个角色刚被别人改过" }, 409);
    }
    const { version, scopes, fields, ...rest } = body;
    now = {
      ...now,
      ...rest,
      scopes: { ...now.scopes, ...scopes },
      fields: { ...now.fields, ...fields },
      version: version + 1,
    };
    return json(now);
  });
});

afterEach(() => vi.unstubAllGlobals());

function show(role: Role = now) {
  const onDirty = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <I18nProvider i18n={i18n}>
        <App>
          <RoleEditor role={role} words={WORDS} onDirty={onDirty} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
  return onDirty;
}

const level = (group: string, label: string) =>
  within(screen.getByRole("radiogroup", { name: group })).getByRole("radio", { name: label });
const bar = () => screen.queryByRole("region", { name: "还没保存的改动" });

it("says at once what a choice means, and waits for 保存", async () => {
  const onDirty = show();
  expect(bar()).toBeNull();
  await userEvent.click(level("金额", "看不到"));
  expect(screen.getByText(/看不到金额/)).toBeInTheDocument();
  expect(bar()).toHaveTextContent("1 处改动还没保存");
  expect(onDirty).toHaveBeenLastCalledWith(true);
  expect(sent).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "保存" }));
  await waitFor(() => expect(bar()).toBeNull());
  expect(sent).toEqual([{ version: 3, fields: { money: "hidden" } }]);
  expect(onDirty).toHaveBeenLastCalledWith(false);
});

it("offers 打码 only where something can be masked", () => {
  show();
  expect(level("电话", "打码")).toBeEnabled();
  const money = screen.getByRole("radiogroup", { name: "金额" });
  expect(within(money).queryByRole("radio", { name: "打码" })).toBeNull();
});

it("takes everything back with 放弃", async () => {
  show();
  const box = screen.getByRole("checkbox", { name: /导出表格/ });
  await userEvent.click(box);
  expect(box).not.toBeChecked();
  await userEvent.click(screen.getByRole("button", { name: "放弃" }));
  expect(bar()).toBeNull();
  expect(box).toBeChecked();
});

it("shows what somebody else saved first, and keeps one's own changes on top", async () => {
  show();
  await userEvent.click(level("金额", "看不到"));
  now = roleOf({ version: 4, fields: { ...now.fields, phone: "masked" } });
  await userEvent.click(screen.getByRole("button", { name: "保存" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("电话：可改 → 打码");
  expect(level("电话", "打码")).toBeChecked();
  expect(level("金额", "看不到")).toBeChecked();
  await userEvent.click(screen.getByRole("button", { name: /保存$/ }));
  await waitFor(() => expect(bar()).toBeNull());
  expect(now.fields).toMatchObject({ money: "hidden", phone: "masked" });
});

it("shows the administrator's rights and says why nobody changes them", () => {
  show(roleOf({ key: "administrator", name: "管理员", fixed: true }));
  expect(screen.getByText("管理员的权限固定不变")).toBeInTheDocument();
  for (const radio of screen.getAllByRole("radio")) expect(radio).toBeDisabled();
  for (const box of screen.getAllByRole("checkbox")) expect(box).toBeDisabled();
  expect(screen.getByRole("switch", { name: "必须两步验证" })).toBeEnabled();
});
