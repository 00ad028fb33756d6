import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { afterEach, expect, test, vi } from "vitest";
import { CareDrawer } from "@/rooms/care/CareDrawer";

afterEach(() => vi.unstubAllGlobals());

test("Ctrl+Enter pressed again while it is being saved notes nothing twice", async () => {
  let logged = 0;
  let arrive: () => void = () => {};
  vi.stubGlobal("fetch", async (url: string) => {
    if (url.endsWith("/care-entries")) {
      logged += 1;
      await new Promise<void>((resolve) => (arrive = resolve));
    }
    return new Response(JSON.stringify({ id: 1, items: [] }), {
      headers: { "Content-Type": "application/json" },
    });
  });
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  client.setQueryData(["me"], { id: 1, name: "王小梅", rights: {}, fields: {} });
  client.setQueryData(["choices"], { care_way: [{ value: "gift", label: "礼品" }] });
  const onClose = vi.fn();
  render(
    <QueryClientProvider client={client}>
      <I18nProvider i18n={i18n}>
        <App>
          <CareDrawer open onClose={onClose} customer={{ id: 7, name: "晨星教育" }} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
  await userEvent.click(screen.getByRole("radio", { name: "礼品" }));
  const words = screen.getByRole("textbox", { name: "做了什么，效果怎样" });
  fireEvent.keyDown(words, { key: "Enter", ctrlKey: true });
  await waitFor(() => expect(logged).toBe(1));
  fireEvent.keyDown(words, { key: "Enter", ctrlKey: true });
  await new Promise((done) => setTimeout(done, 50));
  arrive();
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(logged).toBe(1);
});
