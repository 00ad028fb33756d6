import { ApiProblem, offlineProblem, problemOf } from "@/api/problem";
import { viewingRefused } from "@/api/refusals";
import { apiPath } from "@/lib/practice";

type Query = Record<string, string | number | boolean | null | undefined>;

interface RequestOptions {
  query?: Query;
  body?: unknown;
  /** A file to send; takes the place of `body`. */
  form?: FormData;
  signal?: AbortSignal | undefined;
}

/** Why a request is held up: the session has ended, or the role asks for a second factor first. */
export type HeldUp = "signed_out" | "second_factor_needed";
type SignInAgain = (why: HeldUp) => Promise<boolean>;
let signInAgain: SignInAgain | null = null;

/** Tells the client how to ask for the password again when a session has ended, or to have a second
 * factor set up. The answer is true once that is done: the request that failed is then sent again. */
export function onSignedOut(ask: SignInAgain | null): void {
  signInAgain = ask;
}

/** Asks for the password again, where somebody can; true once the person is signed in. */
export async function signedInAgain(): Promise<boolean> {
  return signInAgain ? signInAgain("signed_out") : false;
}

/** Sends one request to /api/v1 and gives its answer. Throws `ApiProblem` for every refusal. */
export async function request<Answer>(
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE",
  path: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const headers: Record<string, string> = {};
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  return send<Answer>(`/api/v1${path}${queryString(options.query)}`, {
    method,
    headers,
    body: options.form ?? bodyText(options.body),
    signal: options.signal ?? null,
  });
}

/** What the generated client calls: the same rules for a ready-made URL. */
export async function generatedFetch<Answer>(url: string, init: RequestInit): Promise<Answer> {
  return send<Answer>(url, init);
}

async function send<Answer>(url: string, init: RequestInit): Promise<Answer> {
  let response = await reach(url, init);
  const why = await heldUp(response);
  if (why && signInAgain && (await signInAgain(why))) response = await reach(url, init);
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.code === "viewing") viewingRefused();
    throw problem;
  }
  if (response.status === 204) return undefined as Answer;
  return (await response.json()) as Answer;
}

async function heldUp(response: Response): Promise<HeldUp | null> {
  if (response.status === 401) return "signed_out";
  if (response.status !== 403) return null;
  const { code } = await problemOf(response.clone());
  return code === "second_factor_needed" ? code : null;
}

/** One attempt. The CSRF token is read afresh each time, since signing in changes it. */
export async function reach(url: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("Accept", "application/json");
  if (init.method !== "GET") headers.set("X-CSRFToken", csrfToken());
  try {
    return await fetch(apiPath(url), { ...init, headers, credentials: "same-origin" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw offlineProblem();
  }
}

/** For forms that leave the page; requests carry it by themselves. */
export function csrfToken(): string {
  return document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] ?? "";
}

function bodyText(body: unknown): string | null {
  return body === undefined ? null : JSON.stringify(body);
}

function queryString(query: Query | undefined): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== "") params.set(key, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

/** Does a failed request deserve another try? Only where the network failed, not where we were refused. */
export function isWorthRetrying(attempts: number, error: unknown): boolean {
  return attempts < 2 && error instanceof ApiProblem && (error.isOffline || error.status >= 502);
}
