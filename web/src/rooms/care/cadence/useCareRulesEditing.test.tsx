import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { App } from "antd";
import type { ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import type { CareRulesOut } from "@/api/generated/zhike.schemas";
import { useCareRules } from "@/rooms/care/cadence/queries";
import { useCareRulesEditing } from "@/rooms/care/cadence/useCareRulesEditing";

const HELD: CareRulesOut = {
  ...{ shelf: "types", seen: "1a", plans_itself: true },
  guard: { core: 0, growth: 4, normal: 2, "": 2 },
  ...{ late_hours: 24, unplanned_days: 30, long_record: 300 },
  ...{ quiet_from: "21:00:00", quiet_to: "08:00:00", digest_at: "08:30:00", remind_at: "09:00:00" },
};
const THEIRS: CareRulesOut = { ...HELD, seen: "2b", unplanned_days: 45 };

afterEach(() => vi.unstubAllGlobals());

test("who takes the own changes back after somebody else saved sees what they saved", async () => {
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    const isSaving = init.method === "PATCH";
    const answer = isSaving ? { status: 409, code: "stale", title: "刚被改过" } : THEIRS;
    return new Response(JSON.stringify(answer), {
      status: isSaving ? 409 : 200,
      headers: { "Content-Type": "application/json" },
    });
  });
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  client.setQueryData(["care-rules"], HELD);
  const { result } = renderHook(() => useCareRulesEditing(useCareRules().data ?? HELD), {
    wrapper: ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>
        <I18nProvider i18n={i18n}>
          <App>{children}</App>
        </I18nProvider>
      </QueryClientProvider>
    ),
  });
  act(() => result.current.put({ late_hours: 48 }));
  await act(() => result.current.save());
  await waitFor(() => expect(result.current.isOvertaken).toBe(true));
  expect(result.current.rules).toMatchObject({ late_hours: 48, unplanned_days: 45 });
  act(() => result.current.forget());
  expect(result.current.rules).toMatchObject({ late_hours: 24, unplanned_days: 45 });
});
