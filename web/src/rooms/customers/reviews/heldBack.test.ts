import { describe, expect, it } from "vitest";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { heldBack } from "@/rooms/customers/reviews/heldBack";

const asked = (...fields: string[]) => ({
  pending_reviews: [
    { changes: fields.map((field) => ({ field, label: `《${field}》`, old: "", new: "" })) },
  ],
});
const saved = (part: object) => part as unknown as CustomerOut;

describe("what was sent and waits for review", () => {
  it("is named", () => {
    const after = saved({ ...asked("grade"), grade: "C", region: "杭州" });
    expect(heldBack({ grade: "A", region: "杭州" }, after)).toEqual(["《grade》"]);
  });

  it("is nothing where all was stored", () => {
    expect(heldBack({ grade: "A" }, saved({ pending_reviews: [], grade: "A" }))).toEqual([]);
  });

  it("is not what somebody else asked for", () => {
    const after = saved({ ...asked("tier"), grade: "A", tier: "" });
    expect(heldBack({ grade: "A" }, after)).toEqual([]);
  });

  it("is not what was just taken back, though an empty field comes back as null or as nothing", () => {
    const after = saved({ ...asked("contract_amount"), contract_amount: null });
    expect(heldBack({ contract_amount: null }, after)).toEqual([]);
    expect(heldBack({ contract_amount: 0 }, after)).toEqual(["《contract_amount》"]);
  });
});
