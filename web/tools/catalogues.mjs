// Checks the text catalogues: nothing in the code is missing from them, and English is complete.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const folder = resolve(import.meta.dirname, "../src/locales");
const kept = mkdtempSync(join(tmpdir(), "catalogues-"));
const catalogues = ["zh.po", "en.po"];
for (const name of catalogues) copyFileSync(join(folder, name), join(kept, name));

run("extract", "--clean");
const drifted = catalogues.filter(
  (name) => readFileSync(join(folder, name), "utf8") !== readFileSync(join(kept, name), "utf8"),
);
for (const name of catalogues) copyFileSync(join(kept, name), join(folder, name));
if (drifted.length > 0) {
  console.error(`${drifted.join(", ")} no longer match the code: run "npm run i18n" and translate`);
  process.exit(1);
}

const missing = untranslated(readFileSync(join(folder, "en.po"), "utf8"));
if (missing.length > 0) {
  console.error(`English is missing for:\n${missing.join("\n")}`);
  process.exit(1);
}
console.log("catalogues complete");

function run(...args) {
  const result = spawnSync("npx", ["lingui", ...args], { encoding: "utf8" });
  if (result.status !== 0) {
    console.error(result.stdout, result.stderr);
    process.exit(1);
  }
}

function untranslated(catalogue) {
  return catalogue
    .split("\n\n")
    .slice(1)
    .filter((entry) => /^msgstr ""$/m.test(entry) && !/^msgstr ""\n"/m.test(entry))
    .map((entry) => entry.match(/^msgid (.*)/m)?.[1] ?? entry);
}
