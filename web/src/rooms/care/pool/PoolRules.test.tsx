import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App } from "antd";
import { afterEach, expect, test, vi } from "vitest";
import { PoolRules } from "@/rooms/care/pool/PoolRules";

const HELD = {
  ...{ is_on: true, days: 90, new_days: 30, notice_days: 7, version: 1 },
  ...{ capacity: 200, claims_per_day: 10, rest_days: 15, keeps_key: true },
};

afterEach(() => vi.unstubAllGlobals());

test("rules a colleague saved meanwhile are shown before one's own are saved over them", async () => {
  let held = HELD;
  const sent: unknown[] = [];
  const answer = (status: number, body: unknown) =>
    new Response(JSON.stringify(body), {
      status,
      headers: { "Content-Type": "application/json" },
    });
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    if (init.method !== "PATCH") return answer(200, held);
    const wanted = JSON.parse(String(init.body));
    sent.push(wanted);
    if (wanted.version !== held.version)
      return answer(409, { status: 409, code: "stale", title: "公海规则刚被别人改过" });
    held = { ...held, ...wanted, version: held.version + 1 };
    return answer(200, held);
  });
  const router = createRouter({
    history: createMemoryHistory({ initialEntries: ["/"] }),
    routeTree: createRootRoute({ component: PoolRules }),
  });
  render(
    <QueryClientProvider
      client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}
    >
      <I18nProvider i18n={i18n}>
        <App>
          <RouterProvider router={router as never} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
  const days = await screen.findByLabelText(/^多久没跟进收回/);
  held = { ...held, days: 60, notice_days: 5, version: 2 };
  fireEvent.change(days, { target: { value: "45" } });
  const save = () => fireEvent.click(screen.getByRole("button", { name: /保\s?存/ }));
  save();
  expect(await screen.findByText("公海规则刚被别人改过")).toBeTruthy();
  await waitFor(() => expect(screen.getByLabelText(/^提前多久提醒/)).toHaveProperty("value", "5"));
  expect(days).toHaveProperty("value", "45");
  save();
  await waitFor(() => expect(held).toMatchObject({ days: 45, notice_days: 5, version: 3 }));
  expect(sent).toEqual([
    { days: 45, version: 1 },
    { days: 45, version: 2 },
  ]);
});
