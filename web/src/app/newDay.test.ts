import { renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { cache } from "@/api/queries";
import { useNewDay } from "@/app/newDay";

afterEach(() => vi.useRealTimers());

test("at midnight in Shanghai everything shown is fetched again, once", () => {
  vi.useFakeTimers({ now: new Date("2026-11-22T15:58:30Z") });
  const fetched = vi.spyOn(cache, "invalidateQueries").mockResolvedValue();
  const { unmount } = renderHook(() => useNewDay());
  vi.advanceTimersByTime(60_000);
  expect(fetched).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10 * 60_000);
  expect(fetched).toHaveBeenCalledTimes(1);
  unmount();
  vi.advanceTimersByTime(24 * 60 * 60_000);
  expect(fetched).toHaveBeenCalledTimes(1);
});
