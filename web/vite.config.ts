import { fileURLToPath } from "node:url";
import { lingui, linguiTransformerBabelPreset } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vite";
import { borrowedCookies } from "./tools/borrowed.ts";
import { compressed } from "./tools/compressed.ts";
import { paperFonts } from "./tools/paperFonts.ts";

const server = process.env.ZHIKE_SERVER ?? "http://127.0.0.1:8000";
const proxy = Object.fromEntries(
  ["/api", "/_allauth"].map((path) => [path, { target: server, changeOrigin: false }]),
);

export default defineConfig({
  plugins: [
    react(),
    lingui({ failOnCompileError: true }),
    babel({ presets: [linguiTransformerBabelPreset()] }) as unknown as Plugin,
    borrowedCookies(server),
    compressed(),
    paperFonts(),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { host: "127.0.0.1", port: 5173, proxy },
  preview: { host: "127.0.0.1", port: 4173, proxy },
  build: {
    // The server writes modulepreload links for the route asked for; it reads them from here.
    manifest: "manifest.json",
    target: "es2022",
    chunkSizeWarningLimit: 900,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    testTimeout: 30_000,
    exclude: ["node_modules/**", "dist/**", "tools/**"],
  },
} as Parameters<typeof defineConfig>[0]);
