import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { DepartureDrawer } from "@/rooms/access/DepartureDrawer";
import { HandOvers } from "@/rooms/access/HandOvers";
import { colleague } from "@/rooms/access/roleSamples";

const LEAVER = colleague({ id: 7, name: "周舟" });
const PEOPLE = [LEAVER, colleague({ id: 8, name: "李强" }), colleague({ id: 9, name: "赵敏" })];

let belongings = { customers: 312, tasks: 5, collaborations: 1 };
let sent: unknown[];
let state: "running" | "done";

beforeEach(() => {
  sent = [];
  state = "running";
  belongings = { customers: 312, tasks: 5, collaborations: 1 };
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const json = (value: unknown) =>
      new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });
    if (url.includes("/belongings")) return json(belongings);
    const running = { id: 4, state, total: 312, done: state === "done" ? 312 : 120 };
    if (url.includes("/hand-overs?giver=7")) return json({ items: [running] });
    if (url.includes("/hand-overs/")) return json(running);
    sent.push({ url, body: JSON.parse(String(init.body)) });
    return json({ ...LEAVER, is_active: false });
  });
});

afterEach(() => vi.unstubAllGlobals());

function show() {
  const onClose = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <I18nProvider i18n={i18n}>
        <App>
          <HandOvers />
          <DepartureDrawer person={LEAVER} people={PEOPLE} onClose={onClose} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
  return onClose;
}

it("shows what the leaver holds, hands it over in two clicks and tells how far it is", async () => {
  const onClose = show();
  expect(await screen.findByText("312")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("radio", { name: "李强" }));
  await userEvent.click(screen.getByRole("button", { name: /^停用并转交/ }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent).toEqual([
    { url: "/api/v1/people/7/departure", body: { successor_id: 8, note: "" } },
  ]);
  expect(await screen.findByText(/正在转交周舟的客户：120 \/ 312/)).toBeInTheDocument();
  state = "done";
  expect(
    await screen.findByText(/周舟的 312 位客户都转交好了/, {}, { timeout: 5000 }),
  ).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "知道了" }));
  expect(screen.queryByText(/转交好了/)).toBeNull();
});

it("asks who takes over before anything is closed", async () => {
  show();
  await screen.findByText("312");
  await userEvent.click(screen.getByRole("button", { name: /^停用并转交/ }));
  expect(screen.getByRole("alert")).toHaveTextContent("先选一位接手的同事，或者放回公海");
  expect(sent).toEqual([]);
  await userEvent.click(screen.getByRole("radio", { name: "放回公海" }));
  await userEvent.click(screen.getByRole("button", { name: /^停用并转交/ }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ body: { successor_id: null } });
});

it("just closes the account of somebody who holds nothing", async () => {
  belongings = { customers: 0, tasks: 0, collaborations: 0 };
  show();
  await screen.findByText(/直接停用就好/);
  expect(screen.queryByRole("radiogroup")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: /^停用/ }));
  await waitFor(() => expect(sent).toHaveLength(1));
});
