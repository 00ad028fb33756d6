import { t } from "@lingui/core/macro";
import type { CredentialOptions } from "@/api/factors";
import { ApiProblem } from "@/api/problem";

/** The browser's side of passkeys. The server speaks JSON with bytes as base64url; browsers from
 * before 2025 want bytes, so the one is turned into the other here. */

/** Can this browser, at this address, use passkeys at all? They want https (or localhost) and a name:
 * a bare IP address is none. */
export function canUsePasskeys(): boolean {
  return (
    window.isSecureContext &&
    typeof window.PublicKeyCredential === "function" &&
    !/^(\d{1,3}\.){3}\d{1,3}$|^\[/.test(window.location.hostname)
  );
}

/** Has a new passkey made. Throws `ApiProblem` "cancelled" where the person thought better of it. */
export async function makePasskey(options: CredentialOptions): Promise<unknown> {
  const asked = options.publicKey as unknown as Asked;
  const publicKey = {
    ...asked,
    challenge: bytes(asked.challenge),
    user: { ...asked.user, id: bytes(asked.user?.id ?? "") },
    excludeCredentials: known(asked.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = await asking(() => navigator.credentials.create({ publicKey }));
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...told(made),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  };
}

/** Has a passkey used. Throws `ApiProblem` "cancelled" where the person thought better of it. */
export async function askPasskey(options: CredentialOptions): Promise<unknown> {
  const asked = options.publicKey as unknown as Asked;
  const publicKey = {
    ...asked,
    challenge: bytes(asked.challenge),
    allowCredentials: known(asked.allowCredentials),
  } as unknown as PublicKeyCredentialRequestOptions;
  const used = await asking(() => navigator.credentials.get({ publicKey }));
  const response = used.response as AuthenticatorAssertionResponse;
  return {
    ...told(used),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
}

interface Known {
  id: string;
  type: string;
  transports?: string[];
}

interface Asked {
  challenge: string;
  user?: { id: string };
  excludeCredentials?: Known[];
  allowCredentials?: Known[];
}

function known(credentials: Known[] | undefined) {
  return (credentials ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

function told(credential: PublicKeyCredential) {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function asking(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await ask();
    if (credential) return credential as PublicKeyCredential;
  } catch (error) {
    throw problemOfBrowser(error);
  }
  throw problemOfBrowser(null);
}

function problemOfBrowser(error: unknown): ApiProblem {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "InvalidStateError") {
    return problem("known", t`这台设备上已经有你的通行密钥了`);
  }
  if (name === "SecurityError" || name === "NotSupportedError") {
    return problem("unable", t`这个浏览器或这个地址用不了通行密钥`);
  }
  return problem("cancelled", t`没有完成，可以再试一次`);
}

function problem(code: string, title: string): ApiProblem {
  return new ApiProblem({ status: 0, code, title });
}

export function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

export function text(buffer: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
