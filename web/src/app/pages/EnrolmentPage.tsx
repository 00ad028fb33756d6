import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { signOut } from "@/api/access";
import { me } from "@/api/generated/access";
import { enter, safeTarget } from "@/app/session";
import { usePageTitle } from "@/lib/screen";
import { DoorPage } from "@/rooms/access/DoorPage";
import { Enrolment } from "@/rooms/access/security/Enrolment";

/** Between the sign-in and the product: the role asks for a second factor. */
export function EnrolmentPage() {
  const { t } = useLingui();
  const { to } = useSearch({ from: "/second-factor" });
  const navigate = useNavigate();
  usePageTitle(t`两步验证`);
  const done = async () => {
    enter(await me());
    await navigate({ href: safeTarget(to), replace: true });
  };
  const leave = async () => {
    await signOut().catch(() => {});
    window.location.assign("/sign-in");
  };
  return (
    <DoorPage
      title={t`你的角色需要两步验证`}
      wide
      foot={
        <Button type="link" onClick={leave}>
          <Trans>先退出，换个账号</Trans>
        </Button>
      }
    >
      <Enrolment onDone={done} />
    </DoorPage>
  );
}
