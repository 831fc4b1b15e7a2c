import { readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

// The build puts each NAMES.x in place; so do the tests (pwa/names.json, pwa/build.mjs).
const names = JSON.parse(readFileSync("pwa/names.json", "utf8")) as Record<string, string>;

export default defineConfig({
  define: Object.fromEntries(Object.entries(names).map(([key, value]) => [`NAMES.${key}`, JSON.stringify(value)])),
  test: {
    // Plain Node, unless a file asks for a document: `// @vitest-environment happy-dom`.
    environment: "node",
    include: ["tests/pwa/**/*.test.ts"],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
