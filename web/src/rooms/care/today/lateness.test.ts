import { expect, test } from "vitest";
import { inTimeShare, isOftenLate } from "@/rooms/care/today/lateness";

test("a hundred in time means that none was late", () => {
  expect(inTimeShare(0)).toBe(100);
  expect(inTimeShare(0.001)).toBe(99);
  expect(inTimeShare(0.25)).toBe(75);
  expect(inTimeShare(1)).toBe(0);
});

test("often late is a fifth and more; without records nobody is", () => {
  expect([null, 0, 0.19].map(isOftenLate)).toEqual([false, false, false]);
  expect(isOftenLate(0.2)).toBe(true);
});
