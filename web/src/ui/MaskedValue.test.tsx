import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { expect, it } from "vitest";
import { ApiProblem } from "@/api/problem";
import { MaskedValue, type Reveal } from "@/ui/MaskedValue";

function show(needsReason: boolean, reveal?: Reveal) {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  cache.setQueryData(["me"], { reveal: { needs_reason: needsReason } });
  render(
    <QueryClientProvider client={cache}>
      <I18nProvider i18n={i18n}>
        <App>
          <MaskedValue masked="138****8000" label="手机" {...(reveal && { reveal })} />
        </App>
      </I18nProvider>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

it("shows no button to who may not reveal", () => {
  show(true);
  expect(screen.getByText("138****8000")).toBeInTheDocument();
  expect(screen.queryByRole("button")).toBeNull();
});

it("reveals at once where no reason is wanted", async () => {
  const asked: string[] = [];
  const user = show(false, async (reason) => {
    asked.push(reason);
    return "13800138000";
  });
  await user.click(screen.getByRole("button", { name: "查看手机" }));
  expect(await screen.findByText("13800138000")).toBeInTheDocument();
  expect(asked).toEqual([""]);
});

it("asks why first where a reason is wanted, and reveals nothing without one", async () => {
  const asked: string[] = [];
  const user = show(true, async (reason) => {
    asked.push(reason);
    return "13800138000";
  });
  await user.click(screen.getByRole("button", { name: "查看手机" }));
  expect(await screen.findByText("为什么要看？")).toBeInTheDocument();
  expect(asked).toEqual([]);
  await user.click(screen.getByRole("button", { name: "其他" }));
  await user.type(screen.getByRole("searchbox"), "  {Enter}");
  expect(asked).toEqual([]);
  await user.type(screen.getByRole("searchbox"), "确认收货{Enter}");
  expect(await screen.findByText("13800138000")).toBeInTheDocument();
  expect(asked).toEqual(["确认收货"]);
});

it("says in words that the day's number is used up", async () => {
  const user = show(false, async () => {
    throw new ApiProblem({ status: 429, code: "reveal_limit", title: "今天已到 200 次的上限" });
  });
  await user.click(screen.getByRole("button", { name: "查看手机" }));
  expect(await screen.findByText("今天已到 200 次的上限")).toBeInTheDocument();
  expect(screen.getByText("138****8000")).toBeInTheDocument();
});
