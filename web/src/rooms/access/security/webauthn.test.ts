import { afterEach, expect, it, vi } from "vitest";
import { askPasskey, bytes, makePasskey, text } from "@/rooms/access/security/webauthn";

afterEach(() => vi.unstubAllGlobals());

const buffer = (...values: number[]) => Uint8Array.from(values).buffer;

function browser(answer: () => Promise<unknown>) {
  const asked: { publicKey: Record<string, unknown> }[] = [];
  const ask = (options: { publicKey: Record<string, unknown> }) => {
    asked.push(options);
    return answer();
  };
  vi.stubGlobal("navigator", { credentials: { create: ask, get: ask } });
  return asked;
}

it("reads and writes base64url without padding", () => {
  expect([...bytes("-_8")]).toEqual([251, 255]);
  expect(text(buffer(251, 255))).toBe("-_8");
});

it("gives the browser bytes and the server text", async () => {
  const asked = browser(async () => ({
    id: "AQI",
    rawId: buffer(1, 2),
    type: "public-key",
    authenticatorAttachment: "platform",
    getClientExtensionResults: () => ({ credProps: { rk: true } }),
    response: {
      clientDataJSON: buffer(3),
      attestationObject: buffer(4),
      getTransports: () => ["internal"],
    },
  }));
  const made = await makePasskey({
    publicKey: {
      challenge: "AQID",
      user: { id: "BAU", name: "mei" },
      rp: { id: "localhost", name: "知客" },
      excludeCredentials: [{ id: "Bg", type: "public-key" }],
    },
  });
  const { publicKey } = asked[0] ?? { publicKey: {} };
  expect([...(publicKey.challenge as Uint8Array)]).toEqual([1, 2, 3]);
  expect([...(publicKey.user as { id: Uint8Array }).id]).toEqual([4, 5]);
  expect([...((publicKey.excludeCredentials as { id: Uint8Array }[])[0]?.id ?? [])]).toEqual([6]);
  expect(made).toEqual({
    id: "AQI",
    rawId: "AQI",
    type: "public-key",
    authenticatorAttachment: "platform",
    clientExtensionResults: { credProps: { rk: true } },
    response: { clientDataJSON: "Aw", attestationObject: "BA", transports: ["internal"] },
  });
});

it("says calmly that somebody thought better of it", async () => {
  browser(async () => {
    throw new DOMException("no", "NotAllowedError");
  });
  await expect(askPasskey({ publicKey: { challenge: "AQ" } })).rejects.toMatchObject({
    code: "cancelled",
    message: "没有完成，可以再试一次",
  });
});

it("says that a device has a passkey already", async () => {
  browser(async () => {
    throw new DOMException("twice", "InvalidStateError");
  });
  const again = makePasskey({ publicKey: { challenge: "AQ", user: { id: "AQ" } } });
  await expect(again).rejects.toMatchObject({ code: "known" });
});
