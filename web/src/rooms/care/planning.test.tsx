import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import { App } from "antd";
import type { ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { usePlanFollowUp } from "@/rooms/care/planning";

afterEach(() => vi.unstubAllGlobals());

test("what is shown of the customer beside the list is fetched again, the list is not", async () => {
  vi.stubGlobal("fetch", async () => {
    return new Response(JSON.stringify({ id: 5, items: [] }), {
      headers: { "Content-Type": "application/json" },
    });
  });
  const cache = new QueryClient();
  const keys = [["today"], ["tasks", 7], ["customer", 7], ["timeline", 7], ["customers", "list"]];
  for (const key of keys) cache.setQueryData(key, {});
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={cache}>
      <I18nProvider i18n={i18n}>
        <App>{children}</App>
      </I18nProvider>
    </QueryClientProvider>
  );
  const plan = renderHook(() => usePlanFollowUp(), { wrapper }).result.current;
  expect(await plan(7, "2026-11-25")).toBe(true);
  const old = keys.filter((key) => cache.getQueryState(key)?.isInvalidated);
  expect(old).toEqual(keys.slice(0, 4));
});
