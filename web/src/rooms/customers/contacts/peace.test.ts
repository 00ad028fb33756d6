import { expect, test } from "vitest";
import { asksForPeace } from "@/rooms/customers/contacts/peace";

test.each([
  [{ do_not_contact: false, consent: "" }, false],
  [{ do_not_contact: false, consent: "given" }, false],
  [{ do_not_contact: true, consent: "given" }, true],
  [{ do_not_contact: false, consent: "refused" }, true],
  [{ do_not_contact: false, consent: "", also_at: [{ do_not_contact: true }] }, true],
  [{ do_not_contact: false, consent: "", also_at: [{ do_not_contact: false }] }, false],
])("%o: %s", (wishes, isQuiet) => {
  expect(asksForPeace(wishes)).toBe(isQuiet);
});
