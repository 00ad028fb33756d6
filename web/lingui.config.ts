import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

/** Chinese is the source: what stands in the code is what people read. English is a translation. */
export default defineConfig({
  sourceLocale: "zh",
  locales: ["zh", "en"],
  catalogs: [{ path: "<rootDir>/src/locales/{locale}", include: ["src"] }],
  // No line numbers and no dates: the catalogue changes only when a text does.
  format: formatter({ lineNumbers: false }),
  orderBy: "message",
});
