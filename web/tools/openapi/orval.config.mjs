import { defineConfig } from "orval";

/** Typed functions and shapes from web/openapi.json into src/api/generated. Query hooks are written
 * by hand in the rooms: paging by cursor, optimistic edits and undo are not a generator's business. */
export default defineConfig({
  zhike: {
    input: { target: "../../openapi.json" },
    output: {
      mode: "tags-split",
      target: "../../src/api/generated",
      schemas: "../../src/api/generated/model",
      client: "fetch",
      indexFiles: false,
      clean: true,
      prettier: false,
      override: {
        mutator: { path: "../../src/api/client.ts", name: "generatedFetch" },
        fetch: { includeHttpResponseReturnType: false },
      },
    },
  },
});
