import { describe, expect, it } from "vitest";
import type { Definition } from "@/api/fields";
import {
  askable,
  defaults,
  demandedOfContact,
  isDemanded,
  newCustomer,
} from "@/rooms/customers/entering/newCustomer";

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

describe("a new customer", () => {
  const fields = [
    field({ key: "name", builtin: true, need: "required" }),
    field({ key: "type", builtin: true, need: "required", type: "choice" }),
    field({ key: "x1", need: "required" }),
    field({ key: "x2", kinds: ["person"], need: "required" }),
    field({ key: "x3", may: "read", need: "required" }),
    field({ key: "x4", type: "attachment", need: "required" }),
    field({ key: "x5", default: "华东" }),
  ];

  it("is asked for what is demanded of its kind and may be written", () => {
    const demanded = (kind: string) =>
      askable(fields, kind)
        .filter(isDemanded)
        .map(({ key }) => key);
    expect(demanded("company")).toEqual(["x1"]);
    expect(demanded("person")).toEqual(["x1", "x2"]);
  });

  it("is sent without what was left empty, own fields apart", () => {
    const said = {
      name: " 晨星教育 ",
      x1: "A-17",
      x5: "",
      remark: undefined,
      is_key: false,
      region: { code: "440305", label: "广东省深圳市南山区" },
    };
    expect(newCustomer(said, fields, [])).toEqual({
      name: "晨星教育",
      is_key: false,
      region_code: "440305",
      custom: { x1: "A-17" },
    });
    expect(defaults(fields)).toEqual({ x5: "华东" });
  });

  it("is asked what is demanded of a contact once there is one, and sends it apart", () => {
    const ofContact = [
      field({ of: "contact", key: "x7", need: "required" }),
      field({ of: "contact", key: "x8" }),
      field({ of: "contact", key: "x9", need: "required", kinds: ["person"] }),
      field({ of: "contact", key: "role", builtin: true, need: "required" }),
    ];
    const keys = (values: Record<string, unknown>) =>
      demandedOfContact(ofContact, "company", values).map(({ key }) => key);
    expect(keys({ name: "晨星教育", contact_name: " " })).toEqual([]);
    expect(keys({ name: "晨星教育", mobile: "13800138000" })).toEqual(["x7"]);
    const said = { name: "晨星教育", contact_name: "李女士", x1: "A-17", x7: "教务处" };
    expect(newCustomer(said, fields, ofContact)).toEqual({
      name: "晨星教育",
      contact_name: "李女士",
      custom: { x1: "A-17" },
      contact_custom: { x7: "教务处" },
    });
  });
});
