import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useListening } from "@/rooms/trail/notices/useListening";

/** A stream of which the test says what comes. */
class Played extends EventTarget {
  static last: Played;
  readyState = 1;
  constructor() {
    super();
    Played.last = this;
  }
  close() {}
  tell(kind: string, id: number) {
    const data = JSON.stringify({ id, kind, title: "王小梅给你一件待办", unread: id });
    act(() => void this.dispatchEvent(new MessageEvent("notice", { data })));
  }
}

let cache: QueryClient;
const isStale = (...key: unknown[]) => cache.getQueryState(key)?.isInvalidated;

beforeEach(() => {
  vi.stubGlobal("EventSource", Played);
  cache = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
  cache.setQueryData(["me"], { id: 1, name: "林冲", rights: {}, fields: {} });
  cache.setQueryData(["today"], { due: [] });
  cache.setQueryData(["tasks", 7], { items: [] });
  cache.setQueryData(["customers", {}], { items: [] });
});
afterEach(() => vi.unstubAllGlobals());

function listen() {
  const onNews = vi.fn();
  renderHook(() => useListening(onNews), {
    wrapper: ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={cache}>{children}</QueryClientProvider>
    ),
  });
  return onNews;
}

test("what a colleague gave one stands on the pages that are open when it comes", () => {
  const onNews = listen();
  Played.last.tell("digest", 1);
  expect(onNews).toHaveBeenCalledTimes(1);
  expect(isStale("today")).toBe(false);
  Played.last.tell("task_given", 2);
  expect(onNews).toHaveBeenCalledTimes(2);
  expect([isStale("today"), isStale("tasks", 7), isStale("customers", {})]).toEqual([
    true,
    true,
    true,
  ]);
});

test("so does what was handed over", () => {
  listen();
  Played.last.tell("handed_over", 3);
  expect([isStale("today"), isStale("customers", {})]).toEqual([true, true]);
});
