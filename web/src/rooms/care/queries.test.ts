import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { refreshAround } from "@/rooms/care/queries";

const KEYS = [
  ["today"],
  ["today", "team"],
  ["tasks", 8],
  ["customers", "list"],
  ["pool", "falling", true],
  ["pool", "list", "", ""],
  ...[7, 8].flatMap((id) => [
    ["customer", id],
    ["timeline", id, "all"],
    ["next-contact", id, ""],
    ["playbook-runs", id],
    ["handing-over-summary", id],
  ]),
];

function filled(): QueryClient {
  const cache = new QueryClient();
  for (const key of KEYS) cache.setQueryData(key, {});
  return cache;
}

const old = (cache: QueryClient) =>
  KEYS.filter((key) => cache.getQueryState(key)?.isInvalidated).map((key) => key.join(" "));

const EVERYWHERE = ["today", "today team", "tasks 8", "customers list", "pool falling true"];

test("what shows the customer is fetched again, of others only the lists", () => {
  const cache = filled();
  refreshAround(cache, 7);
  expect(old(cache)).toEqual([
    ...EVERYWHERE,
    ...["customer 7", "timeline 7 all", "next-contact 7 "],
    ...["playbook-runs 7", "handing-over-summary 7"],
  ]);
});

test("for many at once, and for something that is nobody's", () => {
  const cache = filled();
  refreshAround(cache, null);
  expect(old(cache)).toEqual(EVERYWHERE);
  refreshAround(cache, 7, 8);
  expect(old(cache)).toHaveLength(KEYS.length - 1);
});
