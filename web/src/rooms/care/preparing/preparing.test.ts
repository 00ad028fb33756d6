import { expect, test } from "vitest";
import type { PreparationCard } from "@/api/generated/zhike.schemas";
import { missing, PARTS } from "@/rooms/care/preparing/preparing";

const nothing: PreparationCard = {
  customer: { id: 7, name: "晨星教育", code: "CRM-2026110001" },
  background: { text: "", facts: [] },
  last_talks: [],
  promises: [],
  needs: [],
  preferences: [],
  objections: [],
  problems: [],
  wording: [],
  key_dates: [],
  next: null,
};

test("of a new customer everything is missing", () => {
  expect(missing(nothing)).toEqual([...PARTS]);
});

test("what is told is not missing", () => {
  const fact = { field: "budget", label: "预算", value: "50万" };
  const card = { ...nothing, needs: [fact], background: { text: "", facts: [fact] } };
  expect(missing(card)).not.toContain("needs");
  expect(missing(card)).not.toContain("background");
  expect(missing({ ...nothing, background: { text: "做软件", facts: [] } })).not.toContain(
    "background",
  );
  expect(missing(card)).toContain("objections");
});
