import { defineConfig } from "orval";

/** Typed functions and shapes from web/openapi.json into src/api/generated. Query hooks are written
 * by hand in the rooms: paging by cursor, optimistic edits and undo are not a generator's business. */
export default defineConfig({
  zhike: {
    input: { target: "../../openapi.json" },
    output: {
      mode: "tags",
      target: "../../src/api/generated/zhike.ts",
      client: "fetch",
      clean: true,
      override: {
        mutator: { path: "../../src/api/client.ts", name: "generatedFetch" },
        fetch: { includeHttpResponseReturnType: false },
        // zhike_customers_api_get_customer, zhike_access_people_api_add_person → getCustomer, addPerson:
        // the room is the file.
        operationName: (operation) =>
          camel(operation.operationId.replace(/^zhike_[a-z]+_(?:[a-z]+_)??api_/, "")),
      },
    },
  },
});

function camel(name) {
  return name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
}
