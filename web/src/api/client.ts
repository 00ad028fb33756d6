import { ApiProblem, offlineProblem, problemOf } from "@/api/problem";

export type Query = Record<string, string | number | boolean | null | undefined>;

interface RequestOptions {
  query?: Query;
  body?: unknown;
  /** A file to send; takes the place of `body`. */
  form?: FormData;
  signal?: AbortSignal | undefined;
}

type SignInAgain = () => Promise<boolean>;
let signInAgain: SignInAgain | null = null;

/** Tells the client how to ask for the password again when a session has ended. The answer is
 * true once the person is signed in: the request that failed is then sent once more. */
export function onSignedOut(ask: SignInAgain | null): void {
  signInAgain = ask;
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
  if (response.status === 401 && signInAgain && (await signInAgain())) {
    response = await reach(url, init);
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as Answer;
  return (await response.json()) as Answer;
}

/** One attempt. The CSRF token is read afresh each time, since signing in changes it. */
export async function reach(url: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("Accept", "application/json");
  if (init.method !== "GET") headers.set("X-CSRFToken", csrfToken());
  try {
    return await fetch(url, { ...init, headers, credentials: "same-origin" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw offlineProblem();
  }
}

function csrfToken(): string {
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
