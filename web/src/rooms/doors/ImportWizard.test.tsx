import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ImportOut } from "@/api/doors";
import { ImportWizard } from "@/rooms/doors/ImportWizard";
import { importOf } from "@/test/importOf";

const ROWS = [
  {
    row: 3,
    action: "refuse",
    values: { 客户编号: "C-3" },
    problems: [{ column: "客户名称", level: "refused", message: "没有客户名称。请补上名称" }],
  },
];
const ME = {
  id: 1,
  name: "王晓明",
  username: "wang",
  role: "administrator",
  department: null,
  organisation: "云启",
  rights: { import: true, see_all: true },
};

/** The server of these tests: what it holds now, and what it was asked for. */
let now: ImportOut;
let asked: { method: string; path: string; body: unknown }[];

beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const path = new URL(url, "http://localhost").pathname.replace("/api/v1", "");
    const body = typeof init.body === "string" ? JSON.parse(init.body) : null;
    if (init.method !== "GET") asked.push({ method: String(init.method), path, body });
    return answer(String(init.method), path, body);
  });
});

afterEach(() => vi.unstubAllGlobals());

function answer(method: string, path: string, body: { mapping?: Record<number, string> } | null) {
  const json = (value: unknown, status = 200) =>
    new Response(JSON.stringify(value), {
      status,
      headers: { "Content-Type": "application/json" },
    });
  if (path.endsWith("/rows")) return json({ items: ROWS, next: null });
  if (path === "/people") return json({ items: [] });
  if (path.endsWith("/confirmation")) now = { ...now, state: "running", progress: 0.4 };
  if (path.endsWith("/undo")) now = { ...now, state: "undoing", can_undo: false };
  if (method === "PATCH" && body?.mapping) {
    if (now.message) now = { ...now, message: "" };
    const mapping = body.mapping;
    const columns = now.columns.map((column) => ({
      ...column,
      field: column.index in mapping ? (mapping[column.index] ?? null) : column.field,
    }));
    now = { ...now, columns };
  }
  return json(now);
}

function open(of: ImportOut) {
  now = of;
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  cache.setQueryData(["me"], ME);
  render(
    <QueryClientProvider client={cache}>
      <I18nProvider i18n={i18n}>
        <App>
          <ImportWizard
            id={of.id}
            back={null}
            customersLink={(added) => <span>{added === null ? "全部客户" : "导入的客户"}</span>}
            onOther={() => {}}
            onLeave={() => {}}
          />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
}

it("tells what would happen, why a row is left out, and writes on one press", async () => {
  open(importOf());
  expect(await screen.findByText("新增 280")).toBeInTheDocument();
  expect(screen.getByText("不能导入 7")).toBeInTheDocument();
  expect(await screen.findByText("没有客户名称。请补上名称")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "确认导入 292 行" }));
  expect(asked).toEqual([{ method: "POST", path: "/imports/7/confirmation", body: null }]);
  expect(await screen.findByText("正在导入…")).toBeInTheDocument();
});

it("moves a field from one column to another in one choice", async () => {
  open(importOf());
  const select = await screen.findByRole("combobox", { name: "“邮箱”对应的字段" });
  await userEvent.click(select);
  await userEvent.click(
    await screen.findByText("联系方式", { selector: ".mapping-option > span" }),
  );
  await waitFor(() =>
    expect(asked).toEqual([
      {
        method: "PATCH",
        path: "/imports/7",
        body: { mapping: { 3: "contact.reach", 2: null } },
      },
    ]),
  );
});

it("cannot be confirmed before the column of names is known", async () => {
  const counts = { rows: 0, new: 0, update: 0, skip: 0, refused: 0, warnings: 0, done: 0 };
  open(importOf({ counts, message: "还不知道哪一列是“客户名称”。" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("哪一列是“客户名称”");
  expect(screen.getByRole("button", { name: "确认导入 0 行" })).toBeDisabled();
});

it("says why a file could not be read and takes another one", async () => {
  open(importOf({ state: "failed", columns: [], message: "文件损坏，读不完整。" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("文件损坏，读不完整。");
  expect(screen.getByLabelText(/拖进来/)).toHaveAttribute("type", "file");
});

it("takes a finished import back only after saying what that does", async () => {
  open(importOf({ state: "done", can_undo: true }));
  expect(await screen.findByText("导入的客户")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: /撤销这次导入/ }));
  expect(
    await screen.findByText("这次新增的 280 位客户会移走，连同一起导入的跟进。"),
  ).toBeInTheDocument();
  expect(asked).toEqual([]);
  const [, sure] = await screen.findAllByRole("button", { name: /撤销这次导入/ });
  await userEvent.click(sure as HTMLElement);
  expect(asked).toEqual([{ method: "POST", path: "/imports/7/undo", body: null }]);
});
