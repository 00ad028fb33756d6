import { describe, expect, it } from "vitest";
import type { Definition } from "@/api/fields";
import { blankField, changeOf, draftOf } from "@/rooms/fields/fieldForm";
import { shareOf } from "@/rooms/fields/weights";

const field = (key: string, weight: number, more: Partial<Definition> = {}): Definition => ({
  ...blankField("customer", "text", ""),
  key,
  weight,
  ...more,
});

describe("the part of a complete file a field is", () => {
  const name = field("name", 10, { need: "required" });
  const scale = field("scale", 10, { kinds: ["company"] });
  const mobile = field("mobile", 20, { of: "contact" });
  const landline = field("landline", 5, { of: "contact" });

  it("counts the fields of the kind only", () => {
    expect(shareOf(name, [name, scale], "company")).toBe(50);
    expect(shareOf(name, [name, scale], "person")).toBe(100);
    expect(shareOf(scale, [name, scale], "person")).toBeNull();
  });

  it("takes a mobile or a landline once", () => {
    expect(shareOf(name, [name, mobile, landline], "person")).toBe(33);
    expect(shareOf(mobile, [name, mobile, landline], "person")).toBe(67);
  });

  it("gives a required field a little, an archived or automatic one nothing", () => {
    const required = field("kind", 0, { need: "required" });
    expect(shareOf(required, [required], "person")).toBe(100);
    expect(shareOf(field("old", 9, { archived: true }), [name], "person")).toBe(0);
  });
});

describe("what was changed of a field", () => {
  it("is sent alone; a rule that says nothing is none", () => {
    const before = field("x1", 3, { label: "面积", rule: { min: null, max: "9" } });
    const draft = { ...draftOf(before), rule: { min: "", max: "9" }, label: "建筑面积" };
    expect(changeOf(before, draft)).toEqual({ label: "建筑面积" });
    expect(changeOf(before, { ...draft, label: "面积", rule: {} })).toEqual({ rule: {} });
  });
});
