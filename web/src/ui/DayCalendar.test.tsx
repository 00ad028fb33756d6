import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { DayCalendar } from "@/ui/DayCalendar";

afterEach(() => vi.unstubAllGlobals());

test("one leafs to another month, where holidays and moved weekends are marked", async () => {
  const days = [
    { on: "2026-10-01", works: false, name: "国庆节" },
    { on: "2026-10-10", works: true, name: "国庆节调休上班" },
  ];
  vi.stubGlobal("fetch", async (url: string) => {
    const year = Number(new URL(url, "http://zhike").searchParams.get("year"));
    const body = { year, announced: true, days: year === 2026 ? days : [] };
    return new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } });
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <I18nProvider i18n={i18n}>
        <DayCalendar value="2026-09-15" quick="ahead" onPick={vi.fn()} onClose={vi.fn()} />
      </I18nProvider>
    </QueryClientProvider>,
  );
  const next = document.querySelector(".ant-picker-header-next-btn");
  expect(next).not.toBeNull();
  fireEvent.click(next as Element);
  expect(await screen.findByTitle("国庆节")).toHaveTextContent("1休");
  expect(screen.getByTitle("国庆节调休上班")).toHaveTextContent("10班");
});
