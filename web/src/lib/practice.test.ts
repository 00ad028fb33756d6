import { afterEach, describe, expect, it, vi } from "vitest";

/** The modules as a page at this address loads them. */
async function at(path: string) {
  window.history.pushState(null, "", path);
  vi.resetModules();
  return { ...(await import("@/lib/practice")), ...(await import("@/lib/stored")) };
}

afterEach(() => {
  window.localStorage.clear();
  window.history.pushState(null, "", "/");
});

describe("where a page belongs", () => {
  it("goes by its address alone", async () => {
    expect((await at("/customers")).isPractising).toBe(false);
    expect((await at("/practices")).isPractising).toBe(false);
    expect((await at("/practice")).isPractising).toBe(true);
    expect((await at("/practice/customers/7")).isPractising).toBe(true);
  });

  it("asks the API of its own side", async () => {
    expect((await at("/")).apiPath("/api/v1/customers")).toBe("/api/v1/customers");
    const there = await at("/practice/");
    expect(there.apiPath("/api/v1/customers?q=a")).toBe("/practice/api/v1/customers?q=a");
    expect(there.apiPath("/api/v1/practice/resetting")).toBe("/api/v1/practice/resetting");
    expect(there.apiPath("/_allauth/browser/v1/auth/session")).toBe(
      "/_allauth/browser/v1/auth/session",
    );
  });

  it("tells a new tab where a page is", async () => {
    expect((await at("/practice/")).pageAddress("/customers/7")).toBe("/practice/customers/7");
    expect((await at("/")).pageAddress("/customers/7")).toBe("/customers/7");
  });

  it("tells the router's address of a page", async () => {
    expect((await at("/practice/customers/7")).pagePath("/practice/customers/7")).toBe(
      "/customers/7",
    );
    expect((await at("/practice")).pagePath("/practice")).toBe("/");
    expect((await at("/customers/7")).pagePath("/customers/7")).toBe("/customers/7");
  });
});

describe("what a browser remembers of customers", () => {
  it("is kept apart, so that what waits to be sent goes to its own side", async () => {
    const real = await at("/");
    real.writeStored("outbox.5", ["真"]);
    real.writeStored("look", { theme: "dark" });
    const there = await at("/practice/");
    expect(there.readStored("outbox.5", [])).toEqual([]);
    expect(there.readStored("look", {})).toEqual({ theme: "dark" });
    there.writeStored("outbox.5", ["练"]);
    expect((await at("/")).readStored("outbox.5", [])).toEqual(["真"]);
  });

  it("is forgotten on both sides when one signs out", async () => {
    (await at("/")).writeStored("recent.5", [1]);
    const there = await at("/practice/");
    there.writeStored("recent.5", [2]);
    there.forgetPerson(5);
    expect(window.localStorage.length).toBe(0);
  });
});
