import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TaskOut } from "@/api/generated/zhike.schemas";
import { PutOffButton } from "@/rooms/care/TaskTools";
import { TodoInput } from "@/rooms/care/TodoInput";

const TASK: TaskOut = {
  ...{ id: 5, version: 2, kind: "todo", title: "交周报", materials: "", way: "", why: "" },
  ...{ due_on: "2026-11-18", due_time: null, done_at: null, customer: null },
  ...{ assignee: { id: 1, name: "王小梅" }, remind_before: null, remind_at: null },
  ...{ repeat: "", repeat_every: 1, repeat_until: null, series: null },
};

let sent: { url: string; body: Record<string, unknown> }[];
let cache: QueryClient;
let refusal: object | null;
let answers: ((body: Record<string, unknown>) => object)[];

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-18T01:00:00Z"), toFake: ["Date"] });
  sent = [];
  answers = [];
  refusal = null;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const json = (value: object, status = 200) =>
      new Response(JSON.stringify(value), {
        status,
        headers: { "Content-Type": "application/json" },
      });
    if (!init.body && init.method !== "GET") {
      sent.push({ url: `${init.method} ${url}`, body: {} });
      if (init.method === "POST" && refusal) return json(refusal, 409);
      return init.method === "DELETE" ? new Response(null, { status: 204 }) : json(TASK);
    }
    if (!init.body) return json({ items: [] });
    const body = JSON.parse(String(init.body));
    sent.push({ url, body });
    const answer = answers.shift()?.(body) ?? { ...TASK, ...body };
    return json(answer, "status" in answer ? Number(answer.status) : 200);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function show(task: TaskOut | null = null) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  cache = client;
  client.setQueryData(["me"], { id: 1, name: "王小梅", rights: {}, fields: {} });
  client.setQueryData(["people"], { items: [{ id: 1, name: "王小梅", is_active: true }] });
  client.setQueryData(["choices"], {});
  const page = (one: TaskOut | null) => (
    <QueryClientProvider client={client}>
      <I18nProvider i18n={i18n}>
        <App>{one ? <PutOffButton task={one} /> : <TodoInput />}</App>
      </I18nProvider>
    </QueryClientProvider>
  );
  const { rerender } = render(page(task));
  return (next: TaskOut) => rerender(page(next));
}

const open = () => userEvent.click(screen.getByRole("button", { name: "推迟" }));
const edit = async () => {
  await open();
  await userEvent.click(await screen.findByText("修改、提醒、重复…"));
  return screen.findByRole("textbox", { name: "要做什么" });
};
const save = () => userEvent.click(screen.getByRole("button", { name: /保\s?存/ }));

test("an hour from now counts from when one asks, not from when the page was opened", async () => {
  show(TASK);
  vi.setSystemTime("2026-11-18T06:30:00Z");
  await open();
  await userEvent.click(await screen.findByText("1小时后"));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.body).toEqual({ until: "2026-11-18T15:30" });
});

test("the form of a task begins with how it stands now, each time", async () => {
  const put = show(TASK);
  await userEvent.type(await edit(), "，发给老板");
  await userEvent.click(screen.getByRole("button", { name: /取\s?消/ }));
  put({ ...TASK, version: 3, due_on: "2026-11-25" });
  const title = await edit();
  expect(title).toHaveValue("交周报");
  await userEvent.type(title, "初稿");
  await save();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.body).toEqual({ version: 3, title: "交周报初稿" });
});

test("what a colleague changed while the form stood open stays theirs", async () => {
  const put = show(TASK);
  await userEvent.type(await edit(), "初稿");
  answers.push(() => ({ status: 409, code: "stale", title: "刚被别人修改过" }));
  await save();
  expect(await screen.findByText("刚被别人修改过")).toBeInTheDocument();
  put({ ...TASK, version: 3, due_on: "2026-11-25" });
  await save();
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]?.body).toEqual({ version: 3, title: "交周报初稿" });
});

const removeByMenu = async () => {
  await open();
  await userEvent.click(await screen.findByRole("menuitem", { name: "删除" }));
};
const asked = () => sent.map(({ url }) => url.replace(/^(\w+) .*\/api/, "$1 /api"));

test("what was entered by mistake is deleted at once, and comes back", async () => {
  show(TASK);
  await removeByMenu();
  expect(await screen.findByText("删除了：交周报")).toBeInTheDocument();
  expect(asked()).toEqual(["DELETE /api/v1/tasks/5"]);
  await userEvent.click(screen.getByRole("button", { name: "撤销" }));
  expect(await screen.findByText("已撤销")).toBeInTheDocument();
  expect(asked()).toEqual(["DELETE /api/v1/tasks/5", "POST /api/v1/tasks/5/restoration"]);
});

test("where it may not come back, that is told and what is planned instead is shown", async () => {
  const title = "删除之后又安排了下次跟进，不再恢复原来的这条。";
  refusal = { status: 409, code: "planned_since", title };
  show(TASK);
  await removeByMenu();
  const undo = await screen.findByRole("button", { name: "撤销" });
  cache.setQueryData(["tasks", "of", 7], { items: [] });
  await userEvent.click(undo);
  expect(await screen.findByText(title)).toBeInTheDocument();
  expect(cache.getQueryState(["tasks", "of", 7])?.isInvalidated).toBe(true);
});

test("before a series ends with it, one is asked", async () => {
  show({ ...TASK, repeat: "week" });
  await removeByMenu();
  expect(await screen.findByText(/不再有下一次/)).toBeInTheDocument();
  expect(sent).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: /^删\s?除$/ }));
  await waitFor(() => expect(asked()).toEqual(["DELETE /api/v1/tasks/5"]));
});

test("it is deleted from its form, too, which closes", async () => {
  show(TASK);
  await edit();
  await userEvent.click(screen.getByRole("button", { name: /^删\s?除$/ }));
  await waitFor(() => expect(asked()).toEqual(["DELETE /api/v1/tasks/5"]));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
});

test("a to-do is for the day it is written on, also where the page stood open over night", async () => {
  show();
  vi.setSystemTime("2026-11-19T01:00:00Z");
  await userEvent.type(screen.getByRole("textbox", { name: "加一件待办" }), "订会议室{Enter}");
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.body).toMatchObject({ title: "订会议室", due_on: "2026-11-19" });
});
