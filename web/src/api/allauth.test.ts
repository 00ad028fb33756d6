import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { signIn } from "@/api/access";
import { ask, onProofNeeded } from "@/api/allauth";
import { onSignedOut } from "@/api/client";
import { deactivateTotp, enterCode, offerTotp } from "@/api/factors";

const answers: Response[] = [];
const sent: string[] = [];
let forget: (() => void) | null = null;

beforeEach(() => {
  answers.length = 0;
  sent.length = 0;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    sent.push(`${init.method} ${url.replace("/_allauth/browser/v1", "")}`);
    return answers.shift() ?? json(200, {});
  });
});

afterEach(() => {
  forget?.();
  forget = null;
  onSignedOut(null);
  vi.unstubAllGlobals();
});

function json(status: number, body: object, headers = {}): Response {
  return new Response(JSON.stringify({ status, ...body }), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

const proofNeeded = () =>
  json(401, {
    meta: { is_authenticated: true },
    data: { flows: [{ id: "reauthenticate" }, { id: "mfa_reauthenticate", types: ["totp"] }] },
  });

it("says which second factors complete a sign-in", async () => {
  const flows = [{ id: "login" }, { id: "mfa_authenticate", is_pending: true, types: ["totp"] }];
  answers.push(json(401, { data: { flows }, meta: { is_authenticated: false } }));
  await expect(signIn("mei", "secret")).resolves.toEqual(["totp"]);
  answers.push(json(200, {}));
  await expect(signIn("mei", "secret")).resolves.toBeNull();
});

it("tells a wrong password from too many tries, with the wait", async () => {
  const wrong = [{ code: "username_password_mismatch", message: "", param: "password" }];
  answers.push(json(400, { errors: wrong }));
  await expect(signIn("mei", "x")).rejects.toMatchObject({ code: "wrong_password" });
  answers.push(json(400, { errors: [{ code: "too_many_login_attempts", message: "" }] }));
  await expect(signIn("mei", "x")).rejects.toThrow("试的次数太多了，请稍后再试");
  answers.push(json(429, {}, { "retry-after": "130" }));
  await expect(signIn("mei", "x")).rejects.toThrow("试的次数太多了，请 3 分钟后再来");
  answers.push(json(429, {}, { "retry-after": "80000" }));
  await expect(signIn("mei", "x")).rejects.toThrow("试的次数太多了，请 23 小时后再来");
});

it("asks who one is before something delicate, and then goes on with it", async () => {
  const asked: string[][] = [];
  forget = onProofNeeded(async (flows) => {
    asked.push(flows.map((flow) => flow.id));
    return true;
  });
  answers.push(proofNeeded(), json(200, {}));
  await deactivateTotp();
  expect(asked).toEqual([["reauthenticate", "mfa_reauthenticate"]]);
  expect(sent).toEqual([
    "DELETE /account/authenticators/totp",
    "DELETE /account/authenticators/totp",
  ]);
});

it("changes nothing where one does not say who one is", async () => {
  forget = onProofNeeded(async () => false);
  answers.push(proofNeeded());
  await expect(deactivateTotp()).rejects.toMatchObject({ code: "cancelled" });
  expect(sent).toHaveLength(1);
});

it("asks for the password where the session has ended", async () => {
  onSignedOut(async (why) => why === "signed_out");
  answers.push(json(401, { meta: { is_authenticated: false } }), json(200, { data: [] }));
  await expect(ask("GET", "/auth/sessions")).resolves.toMatchObject({ data: [] });
});

it("says that the first step lies too far back", async () => {
  answers.push(json(401, { meta: { is_authenticated: false } }));
  await expect(enterCode("123 456")).rejects.toMatchObject({ code: "expired" });
});

it("offers a secret only where no authenticator app is set up", async () => {
  answers.push(json(200, {}), json(404, { meta: { secret: "ABC", totp_url: "otpauth://x" } }));
  await expect(offerTotp()).resolves.toEqual({ secret: "ABC", url: "otpauth://x" });
  answers.push(json(200, {}), json(200, { data: { type: "totp" } }));
  await expect(offerTotp()).resolves.toBeNull();
});
