import { t } from "@lingui/core/macro";
import {
  type Answer,
  ask,
  attempt,
  type FactorType,
  flowsOf,
  isFine,
  refusalOf,
} from "@/api/allauth";
import { me, setupState } from "@/api/generated/access";
import type { Me } from "@/api/generated/zhike.schemas";
import { ApiProblem } from "@/api/problem";
import type { Boot } from "@/api/types";

/** What the server wrote into the page; asked for where it did not (the development server). */
export async function getBoot(): Promise<Boot> {
  const written = document.getElementById("boot")?.textContent?.trim();
  if (written) return JSON.parse(written) as Boot;
  const [setup, who] = await Promise.all([setupState(), me().catch(() => null)]);
  return { setup_needed: setup.needed, me: who };
}

/** What signing in still asks for; null: one is in. */
export type SignInStep = FactorType[] | null;

const SESSION = "/auth/session";

/** Opens a session, or tells which second factors can complete it. Throws `ApiProblem`
 * "wrong_password" or "too_many" with a sentence for the form. */
export async function signIn(username: string, password: string): Promise<SignInStep> {
  const answer = await attempt("POST", "/auth/login", { username, password });
  // 409: a session is open already, which is all we wanted.
  if (isFine(answer) || answer.status === 409) return null;
  const step = stepOf(answer);
  if (step) return step;
  const refusal = refusalOf(answer);
  if (refusal.code === "too_many" || refusal.code === "account_inactive") throw refusal;
  if (answer.status === 403) throw refusal;
  if (answer.status === 400 || answer.status === 401) {
    const title = t`账号或密码不对，再看看`;
    throw new ApiProblem({ status: answer.status, code: "wrong_password", title });
  }
  const title = t`暂时登录不了，请稍后再试`;
  throw new ApiProblem({ status: answer.status, code: "unexpected", title });
}

/** Whether a sign-in begun elsewhere (single sign-on) waits for its second step. */
export async function pendingStep(): Promise<SignInStep> {
  return stepOf(await attempt("GET", SESSION));
}

function stepOf(answer: Answer): SignInStep {
  const flow = flowsOf(answer).find((one) => one.id === "mfa_authenticate" && one.is_pending);
  return flow ? (flow.types ?? ["totp"]) : null;
}

/** Ends the session. allauth answers 401 when it is gone, which is a success here. */
export async function signOut(): Promise<void> {
  await attempt("DELETE", SESSION);
}

/** Changes one's own password. Throws `ApiProblem` with the fields current_password, new_password. */
export async function changePassword(current: string, next: string): Promise<void> {
  await ask("POST", "/account/password/change", { current_password: current, new_password: next });
}

/** Whether the person signed in has a password at all: who only comes by single sign-on has none. */
export async function hasPassword(): Promise<boolean> {
  const { data } = await ask<{ user?: { has_usable_password?: boolean } }>("GET", SESSION);
  return data?.user?.has_usable_password ?? true;
}

/** Must this person set up a second factor before anything else is open to them? */
export function mustEnrol(me: Me): boolean {
  return Boolean(me.second_factor?.required && !me.second_factor.enrolled);
}
