import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import { App } from "antd";
import { afterEach, expect, test, vi } from "vitest";
import { TeamBoard } from "@/rooms/care/today/TeamBoard";

afterEach(() => vi.unstubAllGlobals());

function show(falling: object[]) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    const body = url.includes("/pool/falling") ? { items: falling } : [];
    const headers = { "Content-Type": "application/json" };
    return new Response(JSON.stringify(body), { headers });
  });
  const rootRoute = createRootRoute({
    component: () => <TeamBoard views={null} alsoWaiting={null} />,
  });
  const history = createMemoryHistory({ initialEntries: ["/"] });
  const router = createRouter({ routeTree: rootRoute, history });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <I18nProvider i18n={i18n}>
        <App>
          {/* a router of this test alone, not the one the product registers */}
          <RouterProvider router={router as never} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
  return asked;
}

test("who leads reads how many customers of the team fall soon, and is led to them", async () => {
  const asked = show([{ id: 1 }, { id: 2 }]);
  const line = await screen.findByRole("link", { name: /团队有 2 位客户快被收回公海了/ });
  expect(line).toHaveAttribute("href", "/pool?falling=team");
  expect(asked.find((url) => url.includes("/pool/falling"))).toContain("mine=false");
});

test("where nobody falls nothing is said", async () => {
  show([]);
  expect(await screen.findByText("还没有同事归你带")).toBeVisible();
  expect(screen.queryByText(/快被收回/)).toBeNull();
});
