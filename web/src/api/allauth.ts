import { t } from "@lingui/core/macro";
import { reach, signedInAgain } from "@/api/client";
import { ApiProblem } from "@/api/problem";

/** The sign-in part of the server: allauth's headless API for browsers. Its answers are JSON of a
 * form of their own, where 401 says what is still to be done (`flows`). */
const ROOT = "/_allauth/browser/v1";

export type FactorType = "totp" | "recovery_codes" | "webauthn";

export interface Flow {
  id: string;
  is_pending?: boolean;
  types?: FactorType[];
}

interface Refusal {
  code: string;
  message: string;
  param?: string;
}

export interface Answer<Data = unknown> {
  status: number;
  data?: Data;
  meta?: { is_authenticated?: boolean; [name: string]: unknown };
  errors?: Refusal[];
  /** Where not allauth but the house refuses (application/problem+json): its sentence. */
  title?: string;
  /** Seconds to wait, where the server says so. */
  wait?: number;
}

type Method = "GET" | "POST" | "PUT" | "DELETE";
/** Asks the person to prove who they are; true once they did. */
type Prove = (flows: Flow[]) => Promise<boolean>;
const provers: Prove[] = [];

/** Tells how to ask for the password (or a code) before something delicate is done; the one told
 * last is asked. Gives how to take that back. */
export function onProofNeeded(ask: Prove): () => void {
  provers.push(ask);
  return () => {
    provers.splice(provers.indexOf(ask), 1);
  };
}

/** One request as it is, whatever the answer. Throws only where nobody answers. */
export async function attempt<Data>(
  method: Method,
  path: string,
  body?: unknown,
): Promise<Answer<Data>> {
  const response = await reach(ROOT + path, {
    method,
    ...(body !== undefined && {
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  const answer = (await response.json().catch(() => ({}))) as Answer<Data>;
  const wait = Number(response.headers.get("retry-after"));
  return { ...answer, status: response.status, ...(wait > 0 && { wait }) };
}

/** A request of somebody signed in. Where they must prove who they are first, or their session has
 * ended, that is asked for, and the request is sent again. Throws `ApiProblem` for every refusal
 * but the states named in `fine`. */
export async function ask<Data>(
  method: Method,
  path: string,
  body?: unknown,
  fine: number[] = [],
): Promise<Answer<Data>> {
  let answer = await attempt<Data>(method, path, body);
  if (answer.status === 401 && !answer.meta?.is_authenticated && (await signedInAgain())) {
    answer = await attempt<Data>(method, path, body);
  }
  const prove = provers.at(-1);
  if (answer.status === 401 && answer.meta?.is_authenticated && prove) {
    if (!(await prove(flowsOf(answer)))) throw unproven();
    answer = await attempt<Data>(method, path, body);
  }
  if (isFine(answer) || fine.includes(answer.status)) return answer;
  throw refusalOf(answer);
}

export function isFine(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** What may or must be done next, as a 401 lists it. */
export function flowsOf(answer: Answer): Flow[] {
  return (answer.data as { flows?: Flow[] } | undefined)?.flows ?? [];
}

function unproven(): ApiProblem {
  return new ApiProblem({ status: 401, code: "cancelled", title: t`没有确认身份，什么都没有改` });
}

/** A refusal in words, at the fields it speaks of. */
export function refusalOf(answer: Answer): ApiProblem {
  const code = answer.errors?.[0]?.code ?? "";
  if (answer.status === 429 || code === "too_many_login_attempts" || code === "rate_limited") {
    return new ApiProblem({
      status: answer.status,
      code: "too_many",
      title: waitText(answer.wait),
    });
  }
  const errors = (answer.errors ?? []).map((one) => ({
    field: one.param ?? "",
    message: wordsOf(one.code) ?? one.message,
  }));
  if (errors.length > 0) {
    const title = errors[0]?.message ?? "";
    return new ApiProblem({ status: answer.status, code: code || "invalid", title, errors });
  }
  if (answer.status === 401) {
    return new ApiProblem({ status: 401, code: "signed_out", title: t`登录过期了，请重新登录` });
  }
  const title =
    answer.title ??
    (answer.status === 403 ? t`这个账号进不来了，请找管理员` : t`没有办成，请稍后再试`);
  return new ApiProblem({ status: answer.status, code: "unexpected", title });
}

/** Promises a wait only where the server named one. */
function waitText(seconds: number | undefined): string {
  if (seconds === undefined) return t`试的次数太多了，请稍后再试`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 90) return t`试的次数太多了，请 ${minutes} 分钟后再来`;
  const hours = Math.ceil(minutes / 60);
  return t`试的次数太多了，请 ${hours} 小时后再来`;
}

function wordsOf(code: string): string | undefined {
  switch (code) {
    case "incorrect_code":
      return t`验证码不对，或者用过、过期了，等下一组再试`;
    case "incorrect_password":
    case "enter_current_password":
      return t`现在的密码不对，再看看`;
    case "username_password_mismatch":
    case "invalid_login":
      return t`账号或密码不对，再看看`;
    case "account_inactive":
      return t`这个账号停用了，请找管理员`;
    case "cannot_delete_authenticator":
      return t`你的角色需要两步验证，先加好另一种方式，再停用这一种`;
    case "no_password":
    case "disconnect_last":
      return t`你没有密码，断开就进不来了`;
    case "cannot_generate_recovery_codes":
      return t`先打开两步验证，才有恢复码`;
    default:
      return undefined;
  }
}
