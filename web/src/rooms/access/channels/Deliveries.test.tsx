import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { App } from "antd";
import { afterEach, expect, test, vi } from "vitest";
import type { DeliveryOut } from "@/api/generated/zhike.schemas";
import type { Channel } from "@/rooms/access/channels/channels";
import { Deliveries } from "@/rooms/access/channels/Deliveries";

const ONE: DeliveryOut = {
  ...{ id: 1, kind: "key_date", kind_label: "重要日子", person: { id: 2, name: "林冲" } },
  ...{ state: "waiting", state_label: "等待发送", attempts: 0, trouble: "" },
  ...{ not_before: "2026-11-19T00:00:00Z", sent_at: null, told_at: "2026-11-18T19:59:00Z" },
  rests: true,
};
const CHANNEL = { id: 3, name: "销售群" } as Channel;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function show(items: DeliveryOut[]) {
  vi.useFakeTimers({ now: new Date("2026-11-18T19:59:30Z"), toFake: ["Date"] });
  vi.stubGlobal("fetch", async () => {
    const headers = { "Content-Type": "application/json" };
    return new Response(JSON.stringify({ items, next: null }), { headers });
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <I18nProvider i18n={i18n}>
        <App>
          <Deliveries channel={CHANNEL} onClose={() => {}} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
  await screen.findAllByText("林冲");
}

test("what waits for the morning says so and is not sent again at night", async () => {
  await show([ONE]);
  expect(screen.getByText(/免打扰，今天 08:00 发/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "重发给林冲" })).toBeNull();
});

test("what waits for its next try tells when that is", async () => {
  await show([{ ...ONE, rests: false, attempts: 1, trouble: "飞书暂时不能用" }]);
  expect(screen.getByText(/下次：今天 08:00/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "重发给林冲" })).toBeNull();
});

test.each(["failed", "dropped"])("what %s can be sent again", async (state) => {
  await show([{ ...ONE, rests: false, state }]);
  expect(screen.getByRole("button", { name: "重发给林冲" })).toBeInTheDocument();
});
