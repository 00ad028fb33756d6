import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useEffect, useState } from "react";
import { mustEnrol, pendingStep, type SignInStep } from "@/api/access";
import { proveByPassword } from "@/api/factors";
import { me } from "@/api/generated/access";
import { enter, safeTarget } from "@/app/session";
import { usePageTitle } from "@/lib/screen";
import { DoorPage } from "@/rooms/access/DoorPage";
import { SignInForm } from "@/rooms/access/SignInForm";
import { signInErrorText } from "@/rooms/access/security/signInErrors";

export function SignInPage() {
  const { t } = useLingui();
  const { to, error, back } = useSearch({ from: "/sign-in" });
  const navigate = useNavigate();
  usePageTitle(t`登录`);
  // Back from single sign-on without being in: a second step may be what is missing.
  const [pending, setPending] = useState<SignInStep | undefined>(back && !error ? undefined : null);
  const [step, setStep] = useState<SignInStep>(null);
  useEffect(() => {
    if (pending === undefined) {
      const found = (next: SignInStep) => {
        setPending(next);
        setStep(next);
      };
      void pendingStep().then(found, () => found(null));
    }
  }, [pending]);
  const signedIn = async (password: string | null) => {
    const who = await me();
    // The setting-up that follows asks who one is, which was said a second ago.
    if (mustEnrol(who) && password !== null) await proveByPassword(password).catch(() => {});
    enter(who);
    await navigate({ href: safeTarget(to), replace: true });
  };
  const returnTo = `/sign-in?${new URLSearchParams({ back: "1", ...(to && { to }) })}`;
  return (
    <DoorPage title={step ? t`还差一步` : t`欢迎回来`}>
      {pending === undefined ? (
        <Skeleton active />
      ) : (
        <SignInForm
          returnTo={returnTo}
          pending={pending}
          onStep={setStep}
          trouble={error ? signInErrorText(error) : null}
          onSignedIn={signedIn}
        />
      )}
    </DoorPage>
  );
}
