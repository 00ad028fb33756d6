import { expect, it, vi } from "vitest";
import { rememberCustomer } from "@/lib/recent";
import { forgetPerson, readStored, writeStored } from "@/lib/stored";
import { changeDraft } from "@/rooms/care/drafts";
import { keep } from "@/rooms/care/outbox";

it("forgets who was looked at and what was being written, of one person only", () => {
  for (const person of [1, 12]) {
    rememberCustomer(person, { id: 7, name: "华为", code: "CRM-1" });
    changeDraft(person, 7, { content: "说好下周签" });
    keep(person, { customer: { id: 7, name: "华为" }, body: { content: "聊了价格" } });
    writeStored(`exports.${person}`, [3]);
    writeStored(`grid.customers.${person}`, { order: ["name"] });
  }
  forgetPerson(1);
  const left = Object.keys(localStorage).sort();
  expect(left).toEqual([
    "zhike.exports.12",
    "zhike.follow-up.12.7",
    "zhike.grid.customers.1",
    "zhike.grid.customers.12",
    "zhike.outbox.12",
    "zhike.recent.12",
  ]);
  expect(readStored("recent.12", [])).toHaveLength(1);
});

it("counts what was written for real customers also while one practises", async () => {
  keep(3, { customer: { id: 7, name: "华为" }, body: { content: "聊了价格" } });
  window.history.pushState(null, "", "/practice/");
  vi.resetModules();
  const there = await import("@/rooms/care/outbox");
  expect(there.waitingOf(3)).toEqual([]);
  expect(there.countUnsent(3)).toBe(1);
  window.history.pushState(null, "", "/");
});
