import { expect, test } from "vitest";
import { piecesText } from "@/rooms/customers/dealings/pieces";

test.each([
  ["1", "1"],
  ["1200.000", "1,200"],
  ["2.500", "2.5"],
  ["1234567.125", "1,234,567.125"],
  ["100", "100"],
])("%s pieces read %s", (quantity, text) => {
  expect(piecesText(quantity)).toBe(text);
});
