import { Skeleton } from "antd";
import { useAuthenticators } from "@/rooms/access/security/authenticators";
import { PasskeyPart } from "@/rooms/access/security/PasskeyPart";
import { PasswordPart } from "@/rooms/access/security/PasswordPart";
import { ProviderPart } from "@/rooms/access/security/ProviderPart";
import { Reauthentication } from "@/rooms/access/security/Reauthentication";
import { RecoveryPart } from "@/rooms/access/security/RecoveryPart";
import { SessionPart } from "@/rooms/access/security/SessionPart";
import { TotpPart } from "@/rooms/access/security/TotpPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/access/security/security.css";

interface SecurityProps {
  /** Why linking with single sign-on failed, as the address says on coming back. */
  error?: string | undefined;
}

/** 登录与安全: how I sign in, and where I am signed in. */
export function Security({ error }: SecurityProps) {
  const { data, error: problem, refetch } = useAuthenticators();
  return (
    <>
      <Reauthentication />
      <PasswordPart />
      {problem && !data ? (
        <section className="settings-part">
          <Trouble error={problem} onRetry={() => void refetch()} />
        </section>
      ) : !data ? (
        <section className="settings-part">
          <Skeleton active />
        </section>
      ) : (
        <>
          <TotpPart
            totp={data.find((one) => one.type === "totp") ?? null}
            hasCodes={data.some((one) => one.type === "recovery_codes")}
          />
          <PasskeyPart passkeys={data.filter((one) => one.type === "webauthn")} />
          <RecoveryPart
            codes={data.find((one) => one.type === "recovery_codes") ?? null}
            hasFactor={data.some((one) => one.type !== "recovery_codes")}
          />
        </>
      )}
      <ProviderPart error={error ?? null} />
      <SessionPart />
    </>
  );
}
