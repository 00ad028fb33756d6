import { describe, expect, it } from "vitest";
import type { Definition } from "@/api/fields";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { factChange, factLabel, factValue, isHidden } from "@/rooms/customers/facts/facts";

const field = (part: Partial<Definition>) =>
  ({
    of: "customer",
    key: "x1",
    label: "铭牌",
    type: "text",
    need: "optional",
    kinds: [],
    builtin: false,
    is_fixed: false,
    archived: false,
    may: "edit",
    default: null,
    ...part,
  }) as Definition;

const customer = {
  kind: "company",
  budget: "十万",
  recorder: "王小梅",
  custom: { x1: "A-17", x2: "138****4001" },
} as unknown as CustomerOut;

describe("the fields of a file", () => {
  it("are found where they are kept", () => {
    expect(factValue(customer, field({ key: "x1" }))).toBe("A-17");
    expect(factValue(customer, field({ key: "x9" }))).toBeNull();
    expect(factValue(customer, field({ key: "budget", builtin: true }))).toBe("十万");
    expect(factValue(customer, field({ key: "recorder_name", builtin: true }))).toBe("王小梅");
  });

  it("are sent as the server takes them, own ones beside what is there already", () => {
    expect(factChange(customer, field({ key: "x3", type: "number" }), "12.5")).toEqual({
      change: { custom: { x3: "12.5" } },
      shown: { custom: { x1: "A-17", x2: "138****4001", x3: "12.5" } },
    });
    expect(factChange(customer, field({ key: "budget", builtin: true }), null).change).toEqual({
      budget: "",
    });
    const since = field({ key: "cooperation_since", builtin: true, type: "date" });
    expect(factChange(customer, since, null).change).toEqual({ cooperation_since: null });
    const region = field({ key: "region", builtin: true, type: "region" });
    expect(factChange(customer, region, { code: "440305", label: "广东省深圳市南山区" })).toEqual({
      change: { region_code: "440305" },
      shown: { region_code: "440305", region: "广东省深圳市南山区" },
    });
  });

  it("never leave a whole sealed value standing in the cache", () => {
    const phone = field({ key: "x2", type: "phone" });
    expect(factChange(customer, phone, "13855924001")).toEqual({
      change: { custom: { x2: "13855924001" } },
      shown: {},
    });
  });

  it("know a company's public address from a person's home", () => {
    const address = field({ key: "address", builtin: true, type: "address" });
    expect([isHidden(address, "company"), isHidden(address, "person")]).toEqual([false, true]);
    const identity = { key: "identity", label: "统一社会信用代码/证件号码" };
    expect(factLabel(identity, "company")).toBe("统一社会信用代码");
    expect(factLabel(identity, "person")).toBe("证件号码");
  });
});
