import { expect, test } from "vitest";
import type { Definition } from "@/api/fields";
import type { ContactOut } from "@/api/generated/zhike.schemas";
import {
  askedFields,
  beginning,
  changesOf,
  isAsked,
  maskedOf,
} from "@/rooms/customers/contacts/contactForm";

const field = (key: string, type: Definition["type"], more: Partial<Definition> = {}): Definition =>
  ({
    key,
    type,
    label: key,
    of: "contact",
    builtin: !key.startsWith("x"),
    kinds: [],
    may: "edit",
    is_fixed: false,
    need: "optional",
    default: null,
    ...more,
  }) as Definition;

const FIELDS = [
  field("name", "text"),
  field("mobile", "mobile"),
  field("consent_on", "date"),
  field("do_not_contact", "yes_no"),
  field("x4", "choices"),
  field("x5", "phone"),
];
const CONTACT = {
  id: 1,
  version: 3,
  name: "宋佳",
  mobile: { masked: "138****0091", valid: true },
  consent_on: "2026-05-01",
  do_not_contact: true,
  reports_to_id: 7,
  is_primary: false,
  custom: { x4: ["a", "b"], x5: "139****0000" },
} as unknown as ContactOut;
const NONE: ReadonlySet<string> = new Set();

test("a form begins with what is on file, numbers excepted", () => {
  expect(beginning(CONTACT, FIELDS)).toEqual({
    name: "宋佳",
    consent_on: "2026-05-01",
    do_not_contact: true,
    x4: ["a", "b"],
    reports_to_id: 7,
    is_primary: false,
  });
  expect(maskedOf(CONTACT, FIELDS[1] as Definition)).toBe("138****0091");
  expect(maskedOf(CONTACT, FIELDS[5] as Definition)).toBe("139****0000");
});

test("only what was changed is sent", () => {
  const before = beginning(CONTACT, FIELDS);
  expect(changesOf({ ...before }, before, FIELDS, NONE)).toEqual({});
  const draft = {
    ...before,
    name: "宋佳佳",
    consent_on: null,
    do_not_contact: false,
    x4: ["a"],
    reports_to_id: null,
    is_primary: true,
  };
  expect(changesOf(draft, before, FIELDS, NONE)).toEqual({
    name: "宋佳佳",
    consent_on: null,
    do_not_contact: false,
    custom: { x4: ["a"] },
    reports_to_id: null,
    is_primary: true,
  });
});

test("a number left empty stays; it goes when it was emptied on purpose", () => {
  const before = beginning(CONTACT, FIELDS);
  const draft = { ...before, mobile: null, x5: null };
  expect(changesOf(draft, before, FIELDS, NONE)).toEqual({});
  expect(changesOf(draft, before, FIELDS, new Set(["mobile", "x5"]))).toEqual({
    mobile: "",
    custom: { x5: null },
  });
  expect(changesOf({ ...before, mobile: "13900000000" }, before, FIELDS, NONE)).toEqual({
    mobile: "13900000000",
  });
});

test("fields one may not fill in, or of another kind of customer, are not asked", () => {
  const fields = [
    field("name", "text"),
    field("title", "text", { may: "read" }),
    field("x9", "text", { kinds: ["person"] }),
  ];
  expect(askedFields(fields, "company").map((one) => one.key)).toEqual(["name"]);
});

test("the reason is asked once somebody wants no calls", () => {
  const reason = field("do_not_contact_reason", "text");
  expect(isAsked(reason, {})).toBe(false);
  expect(isAsked(reason, { do_not_contact: true })).toBe(true);
  const source = field("consent_source", "text");
  expect(isAsked(source, { consent: "unknown" })).toBe(false);
  expect(isAsked(source, { consent: "given" })).toBe(true);
});
