import { afterEach, expect, test } from "vitest";
import { isFresh, seenHandings, setSeen } from "@/rooms/care/handedOver/handing";

const handing = { from: "林冲", to: "王小梅", note: "", at: "2026-11-18T02:00:00Z" };
const now = Date.parse("2026-11-20T02:00:00Z");

afterEach(() => localStorage.clear());

test("fresh for two weeks", () => {
  expect(isFresh(7, handing, [], now)).toBe(true);
  expect(isFresh(7, handing, [], Date.parse("2026-12-03T02:00:00Z"))).toBe(false);
});

test("put away it stays away, for this person and this handing over only", () => {
  const seen = setSeen(1, 7, handing);
  expect(isFresh(7, handing, seen, now)).toBe(false);
  expect(seenHandings(1)).toEqual(seen);
  expect(seenHandings(2)).toEqual([]);
  expect(isFresh(8, handing, seen, now)).toBe(true);
  expect(isFresh(7, { ...handing, at: "2026-11-19T02:00:00Z" }, seen, now)).toBe(true);
});
