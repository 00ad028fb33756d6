import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { PracticeDialog } from "@/app/practice/PracticeDialog";
import { goPractising } from "@/lib/practice";

vi.mock("@/lib/practice", async (original) => ({
  ...(await original<typeof import("@/lib/practice")>()),
  goPractising: vi.fn(),
}));

const AT_LEAST = 300;

function show(answers: string[]) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    if (init.method === "POST") asked.push("enter");
    const state = (init.method === "POST" ? answers.shift() : null) ?? "ready";
    const told = { state, resetting: false, done: 0, total: 0, trouble: "", customers: 52 };
    return new Response(JSON.stringify(told), { headers: { "Content-Type": "application/json" } });
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <I18nProvider i18n={i18n}>
        <PracticeDialog isOpen onClose={() => {}} />
      </I18nProvider>
    </QueryClientProvider>,
  );
  return asked;
}

const goIn = async () => userEvent.click(await screen.findByRole("button", { name: "进入练习区" }));

afterEach(() => {
  vi.unstubAllGlobals();
  vi.mocked(goPractising).mockReset();
});

test("one asks once and is in, however long the new page takes to come", async () => {
  const asked = show([]);
  await goIn();
  await waitFor(() => expect(goPractising).toHaveBeenCalled());
  await new Promise((done) => setTimeout(done, AT_LEAST));
  expect(asked).toHaveLength(1);
  expect(goPractising).toHaveBeenCalledTimes(1);
});

test("who came while it was being made goes in once it stands", async () => {
  const asked = show(["making"]);
  await goIn();
  await waitFor(() => expect(goPractising).toHaveBeenCalledTimes(1), { timeout: 5_000 });
  expect(asked).toHaveLength(2);
});
