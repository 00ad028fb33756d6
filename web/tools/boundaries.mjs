// The walls of the front end: app → rooms → ui, api, lib. A room never imports another room; what
// two rooms have to do with each other is put together in app. No barrels. Exits 1 on a breach.
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";

const source = resolve(import.meta.dirname, "../src");
const ROOMS = ["access", "fields", "customers", "care", "service", "doors", "trail"];
/** What each storey may look at besides itself. */
const MAY_IMPORT = {
  main: ["app", "ui", "api", "lib", "locales"],
  app: ["rooms", "ui", "api", "lib", "locales"],
  rooms: ["ui", "api", "lib"],
  ui: ["api", "lib"],
  api: ["lib"],
  lib: ["locales"],
  test: ["lib", "locales", "ui", "api"],
};

const breaches = [];
const entries = await readdir(source, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts"))
  .map((entry) => join(entry.parentPath, entry.name));

for (const file of files) {
  const from = place(file);
  const text = await readFile(file, "utf8");
  if (/^index\.tsx?$/.test(relative(dirname(file), file))) {
    breaches.push(`${relative(source, file)}: an index file (barrel); import the file itself`);
  }
  if (from.storey === "rooms" && !ROOMS.includes(from.room)) {
    breaches.push(`${relative(source, file)}: no such room on the server: ${from.room}`);
  }
  for (const [, target] of text.matchAll(
    /(?:from|import)\s*\(?\s*["']((?:@\/|\.{1,2}\/)[^"']+)["']/g,
  )) {
    const path = target.startsWith("@/")
      ? join(source, target.slice(2))
      : resolve(dirname(file), target);
    const to = place(path);
    const problem = breach(from, to, file);
    if (problem) breaches.push(`${relative(source, file)} → ${target}: ${problem}`);
  }
}

if (breaches.length > 0) {
  console.error(breaches.join("\n"));
  process.exit(1);
}
console.log(`${files.length} files, no wall broken`);

function place(path) {
  const [storey, room] = relative(source, path).split("/");
  return /^main\.tsx?$/.test(storey) ? { storey: "main" } : { storey, room };
}

function breach(from, to, file) {
  if (to.storey === from.storey) {
    return from.storey === "rooms" && from.room !== to.room ? "a room imports another room" : null;
  }
  if (to.storey === "test" && /\.test\.tsx?$/.test(file)) return null;
  const allowed = MAY_IMPORT[from.storey];
  if (!allowed) return `unknown storey ${from.storey}`;
  return allowed.includes(to.storey) ? null : `${from.storey} must not import ${to.storey}`;
}
