import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Me } from "@/api/generated/zhike.schemas";
import { enter, isSetupNeeded } from "@/app/session";
import { usePageTitle } from "@/lib/screen";
import { DoorPage } from "@/rooms/access/DoorPage";
import { FirstChoice } from "@/rooms/access/FirstChoice";
import { SetupClosed } from "@/rooms/access/SetupClosed";
import { SetupForm } from "@/rooms/access/SetupForm";

/** The first start: who are you, and what would you like to begin with. */
export function SetupPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [me, setMe] = useState<Me | null>(null);
  const [isClosed, setClosed] = useState(!isSetupNeeded());
  usePageTitle(t`开始使用`);
  if (me) {
    return (
      <DoorPage title={t`${me.name}，准备好了`} wide>
        <FirstChoice
          onImport={() => navigate({ to: "/doors", replace: true })}
          onLook={() => navigate({ to: "/", replace: true })}
        />
      </DoorPage>
    );
  }
  if (isClosed) {
    return (
      <DoorPage title={t`已经有人布置好了`}>
        <SetupClosed />
      </DoorPage>
    );
  }
  const done = (created: Me) => {
    enter(created);
    setMe(created);
  };
  return (
    <DoorPage title={t`花一分钟，把知客安顿下来`}>
      <SetupForm onDone={done} onClosed={() => setClosed(true)} />
    </DoorPage>
  );
}
