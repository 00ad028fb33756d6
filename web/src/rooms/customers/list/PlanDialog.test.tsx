import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { afterEach, expect, test, vi } from "vitest";
import { PlanDialog } from "@/rooms/customers/list/PlanDialog";

afterEach(() => vi.unstubAllGlobals());

test("where the second half fails, what was planned before shows all the same", async () => {
  const answers = [
    { status: 200, told: { made: 3, skipped: 1, too_often: 1 } },
    { status: 503, told: { title: "忙不过来，请稍后再试。" } },
  ];
  vi.stubGlobal("fetch", async () => {
    const { status = 500, told } = answers.shift() ?? {};
    const headers = { "Content-Type": "application/json" };
    return new Response(JSON.stringify(told), { status, headers });
  });
  const client = new QueryClient();
  client.setQueryData(["today"], []);
  const onDone = vi.fn();
  render(
    <QueryClientProvider client={client}>
      <I18nProvider i18n={i18n}>
        <App>
          <PlanDialog
            what={{ customer_ids: [1, 2, 3, 4] }}
            count={4}
            onClose={() => {}}
            onDone={onDone}
          />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
  await userEvent.click(screen.getByRole("button", { name: /^安\s?排$/ }));
  await userEvent.click(await screen.findByRole("button", { name: "仍要安排" }));
  expect(await screen.findByText("忙不过来，请稍后再试。")).toBeInTheDocument();
  await waitFor(() => expect(client.getQueryState(["today"])?.isInvalidated).toBe(true));
  expect(onDone).not.toHaveBeenCalled();
});
