import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { onSignedOut, request } from "@/api/client";
import type { ApiProblem } from "@/api/problem";

const answers: Response[] = [];
const sent: { url: string; init: RequestInit }[] = [];

beforeEach(() => {
  answers.length = 0;
  sent.length = 0;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    const answer = answers.shift();
    if (!answer) throw new TypeError("Failed to fetch");
    return answer;
  });
});

afterEach(() => {
  onSignedOut(null);
  vi.unstubAllGlobals();
  // biome-ignore lint/suspicious/noDocumentCookie: the only cookie interface jsdom has
  document.cookie = "csrftoken=; max-age=0";
});

describe("a request", () => {
  it("carries the CSRF token of the moment on writes", async () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the only cookie interface jsdom has
    document.cookie = "csrftoken=abc";
    answers.push(json(200, { id: 1 }));
    await request("POST", "/customers", { body: { name: "华为" } });
    expect(new Headers(sent[0]?.init.headers).get("X-CSRFToken")).toBe("abc");
    expect(sent[0]?.url).toBe("/api/v1/customers");
  });

  it("asks for the password once the session has ended, and is then sent again", async () => {
    let asked = 0;
    onSignedOut(async () => {
      asked += 1;
      return true;
    });
    answers.push(problem(401, "signed_out", "请先登录"), json(200, { id: 7 }));
    await expect(request("PATCH", "/customers/7", { body: { version: 1 } })).resolves.toEqual({
      id: 7,
    });
    expect(asked).toBe(1);
    expect(sent[1]?.init.body).toBe(sent[0]?.init.body);
  });

  it("fails as signed out when the person does not sign in again", async () => {
    onSignedOut(async () => false);
    answers.push(problem(401, "signed_out", "请先登录"));
    await expect(request("GET", "/today")).rejects.toMatchObject({ code: "signed_out" });
  });

  it("hands on the server's sentence and the fields it speaks of", async () => {
    const errors = [{ field: "mobile", message: "手机号要 11 位" }];
    answers.push(problem(422, "invalid", "请改一改", { errors }));
    const refusal = (await request("POST", "/customers", { body: {} }).catch(
      (error) => error,
    )) as ApiProblem;
    expect(refusal.message).toBe("请改一改");
    expect(refusal.errors).toEqual(errors);
    expect(refusal.field).toBe("mobile");
  });

  it("says so when nobody answers, and when something else than our server does", async () => {
    await expect(request("GET", "/today")).rejects.toMatchObject({ code: "offline" });
    answers.push(new Response("<html>Bad gateway</html>", { status: 502 }));
    await expect(request("GET", "/today")).rejects.toMatchObject({
      code: "unexpected",
      status: 502,
    });
  });
});

function json(status: number, body: unknown, type = "application/json"): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": type } });
}

function problem(status: number, code: string, title: string, extra = {}): Response {
  return json(status, { status, code, title, ...extra }, "application/problem+json");
}
