import { describe, expect, it } from "vitest";
import { conditionCode, opsOf, parseCondition } from "@/rooms/customers/list/conditions";

describe("conditions on fields", () => {
  it("are written as the server takes them", () => {
    expect(conditionCode("x12", "ge", "12.5")).toBe("x12:ge:12.5");
    expect(conditionCode("x3", "eq", true)).toBe("x3:eq:true");
    expect(conditionCode("x3", "eq", false)).toBe("x3:eq:false");
    expect(conditionCode("scale", "in", ["small", "large"])).toBe("scale:in:small,large");
    expect(conditionCode("region", "has", { code: "440300", label: "广东省深圳市" })).toBe(
      "region:has:广东省深圳市",
    );
    expect(conditionCode("remark", "empty", null)).toBe("remark:empty");
  });

  it("wait for their value", () => {
    expect(conditionCode("x12", "ge", null)).toBeNull();
    expect(conditionCode("x12", "has", "  ")).toBeNull();
    expect(conditionCode("x12", "in", [])).toBeNull();
  });

  it("are read back whole, colons in the value included", () => {
    expect(parseCondition("x7:eq:https://a.cn")).toEqual({
      key: "x7",
      op: "eq",
      value: "https://a.cn",
    });
    expect(parseCondition("remark:empty")).toEqual({ key: "remark", op: "empty", value: "" });
  });

  it("offer nothing that compares what is sealed in part", () => {
    expect(opsOf("phone")).toEqual(["eq", "filled", "empty"]);
    expect(opsOf("identity")).toEqual([]);
  });
});
