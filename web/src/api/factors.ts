import { t } from "@lingui/core/macro";
import { type Answer, ask, attempt, type FactorType, isFine, refusalOf } from "@/api/allauth";
import { ApiProblem } from "@/api/problem";

/** Second factors, passkeys and sessions of the person signed in (allauth.mfa, allauth.usersessions). */

export interface Authenticator {
  type: FactorType;
  /** Seconds since 1970. */
  created_at: number;
  last_used_at: number | null;
  /** Passkeys only. */
  id?: number;
  name?: string;
  /** Recovery codes only. */
  total_code_count?: number;
  unused_code_count?: number;
}

export interface RecoveryCodes {
  total: number;
  left: number;
  /** Absent where the server shows them only once. */
  codes: string[] | null;
}

export interface Session {
  id: number;
  user_agent: string;
  ip: string;
  created_at: number;
  last_seen_at?: number;
  is_current: boolean;
}

/** Options for `navigator.credentials`, bytes as base64url. */
export type CredentialOptions = { publicKey: Record<string, unknown> };

const AUTHENTICATORS = "/account/authenticators";

export async function listAuthenticators(): Promise<Authenticator[]> {
  return (await ask<Authenticator[]>("GET", AUTHENTICATORS)).data ?? [];
}

/** Asks who one is, unless that was said a moment ago; throws "cancelled" where it is not answered.
 * Reading what a passkey would be made from asks for that proof, and changes nothing. */
export async function confirmIdentity(): Promise<void> {
  await ask("GET", `${AUTHENTICATORS}/webauthn`, undefined, [404, 409]);
}

interface TotpOffer {
  secret: string;
  /** otpauth://… for the QR code. */
  url: string;
}

/** A fresh secret for an authenticator app; null when one is set up already. The server forgets the
 * one before, so ask once per setting-up. */
export async function offerTotp(): Promise<TotpOffer | null> {
  // Activating asks who one is, and by then the typed code is running out.
  await confirmIdentity();
  const answer = await ask("GET", `${AUTHENTICATORS}/totp`, undefined, [404]);
  if (answer.status !== 404) return null;
  const { secret, totp_url } = (answer.meta ?? {}) as { secret?: string; totp_url?: string };
  if (!secret || !totp_url) throw refusalOf(answer);
  return { secret, url: totp_url };
}

export async function activateTotp(code: string): Promise<void> {
  await ask("POST", `${AUTHENTICATORS}/totp`, { code: digits(code) });
}

export async function deactivateTotp(): Promise<void> {
  await ask("DELETE", `${AUTHENTICATORS}/totp`);
}

interface CodesData {
  total_code_count: number;
  unused_code_count: number;
  unused_codes?: string[];
}

/** The recovery codes; null when there are none. */
export async function getRecoveryCodes(): Promise<RecoveryCodes | null> {
  const answer = await ask<CodesData>("GET", `${AUTHENTICATORS}/recovery-codes`, undefined, [404]);
  return answer.status === 404 ? null : codesOf(answer);
}

/** A new set; the old codes are worth nothing from now on. */
export async function makeRecoveryCodes(): Promise<RecoveryCodes> {
  return codesOf(await ask<CodesData>("POST", `${AUTHENTICATORS}/recovery-codes`, {}));
}

function codesOf({ data }: Answer<CodesData>): RecoveryCodes {
  return {
    total: data?.total_code_count ?? 0,
    left: data?.unused_code_count ?? 0,
    codes: data?.unused_codes ?? null,
  };
}

/** What a new passkey is made from; it works for signing in without a password, too. */
export async function passkeyToCreate(): Promise<CredentialOptions> {
  const answer = await ask<{ creation_options: CredentialOptions }>(
    "GET",
    `${AUTHENTICATORS}/webauthn?passwordless`,
  );
  return wanted(answer.data?.creation_options);
}

/** Gives whether recovery codes came with it, as they do with the first factor. */
export async function addPasskey(name: string, credential: unknown): Promise<boolean> {
  const body = { name, credential, passwordless: true };
  const { meta } = await ask("POST", `${AUTHENTICATORS}/webauthn`, body);
  return meta?.recovery_codes_generated === true;
}

export async function renamePasskey(id: number, name: string): Promise<void> {
  await ask("PUT", `${AUTHENTICATORS}/webauthn`, { id, name });
}

export async function removePasskey(id: number): Promise<void> {
  await ask("DELETE", `${AUTHENTICATORS}/webauthn`, { authenticators: [id] });
}

export async function listSessions(): Promise<Session[]> {
  return (await ask<Session[]>("GET", "/auth/sessions")).data ?? [];
}

/** Ends sessions and gives those that are left. */
export async function endSessions(ids: number[]): Promise<Session[]> {
  return (await ask<Session[]>("DELETE", "/auth/sessions", { sessions: ids })).data ?? [];
}

/** An account at the company's single sign-on that opens this one. */
export interface Link {
  uid: string;
  provider: { id: string; name: string };
  display: string;
}

export async function listLinks(): Promise<Link[]> {
  return (await ask<Link[]>("GET", "/account/providers")).data ?? [];
}

/** Unlinks an account and gives those that are left. */
export async function unlink(link: Link): Promise<Link[]> {
  const body = { provider: link.provider.id, account: link.uid };
  return (await ask<Link[]>("DELETE", "/account/providers", body)).data ?? [];
}

/** What a passkey is asked for: signing in with it alone, as the second step, or to prove oneself. */
export type PasskeyUse = "login" | "authenticate" | "reauthenticate";

export async function passkeyToUse(use: PasskeyUse): Promise<CredentialOptions> {
  const answer = await must<{ request_options: CredentialOptions }>("GET", `/auth/webauthn/${use}`);
  return wanted(answer.data?.request_options);
}

export async function sendPasskey(use: PasskeyUse, credential: unknown): Promise<void> {
  await must("POST", `/auth/webauthn/${use}`, { credential });
}

export async function proveByPassword(password: string): Promise<void> {
  await must("POST", "/auth/reauthenticate", { password });
}

/** A code of the authenticator app or a recovery code. */
export async function proveByCode(code: string): Promise<void> {
  await must("POST", "/auth/2fa/reauthenticate", { code: digits(code) });
}

/** The second step of signing in. Throws "expired" where the first one lies too far back. */
export async function enterCode(code: string): Promise<void> {
  await must("POST", "/auth/2fa/authenticate", { code: digits(code) });
}

/** Sent as it is: what is asked for here is itself the proof. */
async function must<Data>(method: "GET" | "POST", path: string, body?: unknown) {
  const answer = await attempt<Data>(method, path, body);
  if (isFine(answer)) return answer;
  if (answer.status === 401) {
    const title = t`等得有点久，请从密码开始再来一次`;
    throw new ApiProblem({ status: 401, code: "expired", title });
  }
  throw refusalOf(answer);
}

function digits(code: string): string {
  return code.replace(/[\s-]/g, "");
}

function wanted<Value>(value: Value | undefined): Value {
  if (value === undefined) throw refusalOf({ status: 500 });
  return value;
}
