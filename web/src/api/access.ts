import { t } from "@lingui/core/macro";
import { reach } from "@/api/client";
import { me, setupState } from "@/api/generated/access";
import { ApiProblem } from "@/api/problem";
import type { Boot } from "@/api/types";

/** What the server wrote into the page; asked for where it did not (the development server). */
export async function getBoot(): Promise<Boot> {
  const written = document.getElementById("boot")?.textContent?.trim();
  if (written) return JSON.parse(written) as Boot;
  const [setup, who] = await Promise.all([setupState(), me().catch(() => null)]);
  return { setup_needed: setup.needed, me: who };
}

const SESSION = "/_allauth/browser/v1/auth/session";
const LOGIN = "/_allauth/browser/v1/auth/login";

interface SignInAnswer {
  errors?: { message: string; code: string; param?: string }[];
}

/** Opens a session. Throws `ApiProblem` "wrong_password" or "too_many" with a sentence for the form. */
export async function signIn(username: string, password: string): Promise<void> {
  const response = await reach(LOGIN, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  // 409: a session is open already, which is all we wanted.
  if (response.ok || response.status === 409) return;
  const answer = (await response.json().catch(() => ({}))) as SignInAnswer;
  throw signInProblem(response.status, answer);
}

/** Ends the session. allauth answers 401 when it is gone, which is a success here. */
export async function signOut(): Promise<void> {
  await reach(SESSION, { method: "DELETE" });
}

function signInProblem(status: number, answer: SignInAnswer): ApiProblem {
  const code = answer.errors?.[0]?.code ?? "";
  if (status === 429 || code === "too_many_login_attempts") {
    return new ApiProblem({ status, code: "too_many", title: t`试的次数太多了，请过几分钟再来` });
  }
  if (status === 400 || status === 401) {
    return new ApiProblem({ status, code: "wrong_password", title: t`账号或密码不对，再看看` });
  }
  return new ApiProblem({ status, code: "unexpected", title: t`暂时登录不了，请稍后再试` });
}

const PASSWORD = "/_allauth/browser/v1/account/password/change";

/** Changes one's own password. Throws `ApiProblem` with the fields current_password, new_password. */
export async function changePassword(current: string, next: string): Promise<void> {
  const response = await reach(PASSWORD, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ current_password: current, new_password: next }),
  });
  if (response.ok) return;
  const answer = (await response.json().catch(() => ({}))) as SignInAnswer;
  if (response.status === 429) {
    throw new ApiProblem({
      status: 429,
      code: "too_many",
      title: t`试的次数太多了，请过几分钟再来`,
    });
  }
  const errors = (answer.errors ?? []).map((one) => ({
    field: one.param ?? "",
    message: one.code === "enter_current_password" ? t`现在的密码不对，再看看` : one.message,
  }));
  throw new ApiProblem({
    status: response.status,
    code: response.status === 400 ? "invalid" : "unexpected",
    title: errors[0]?.message ?? t`密码没有改成，请稍后再试`,
    errors,
  });
}
