import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const FACES = ["400Regular", "700Bold"];

/** Lays the fonts beside the built client with which the server prints documents (base/paper). */
export function paperFonts(): Plugin {
  let out = "dist";
  return {
    name: "paper-fonts",
    apply: "build",
    configResolved(config) {
      out = join(config.root, config.build.outDir);
    },
    closeBundle() {
      const at = dirname(
        fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-sans-sc/package.json")),
      );
      mkdirSync(join(out, "fonts"), { recursive: true });
      copyFileSync(join(at, "LICENSE_FONT"), join(out, "fonts", "LICENSE"));
      for (const face of FACES) {
        for (const file of readdirSync(join(at, face)).filter((name) => name.endsWith(".ttf"))) {
          copyFileSync(join(at, face, file), join(out, "fonts", file));
        }
      }
    },
  };
}
