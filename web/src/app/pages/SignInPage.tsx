import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { me } from "@/api/generated/access";
import { enter, safeTarget } from "@/app/session";
import { usePageTitle } from "@/lib/screen";
import { DoorPage } from "@/rooms/access/DoorPage";
import { SignInForm } from "@/rooms/access/SignInForm";

export function SignInPage() {
  const { t } = useLingui();
  const { to } = useSearch({ from: "/sign-in" });
  const navigate = useNavigate();
  usePageTitle(t`登录`);
  const signedIn = async () => {
    enter(await me());
    await navigate({ href: safeTarget(to), replace: true });
  };
  return (
    <DoorPage title={t`欢迎回来`}>
      <SignInForm onSignedIn={signedIn} />
    </DoorPage>
  );
}
