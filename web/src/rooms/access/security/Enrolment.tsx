import { KeyOutlined, MobileOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Skeleton } from "antd";
import { useEffect, useState } from "react";
import { getRecoveryCodes } from "@/api/factors";
import { messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { useFactorsChanged } from "@/rooms/access/security/authenticators";
import { PasskeyAdd } from "@/rooms/access/security/PasskeyAdd";
import { Reauthentication } from "@/rooms/access/security/Reauthentication";
import { RecoverySheet } from "@/rooms/access/security/RecoverySheet";
import { TotpSetup } from "@/rooms/access/security/TotpSetup";
import { canUsePasskeys } from "@/rooms/access/security/webauthn";
import "@/rooms/access/security/security.css";

type Step = "choice" | "totp" | "passkey" | "codes";

interface EnrolmentProps {
  /** Everything is set up, and the recovery codes were seen. */
  onDone: () => void | Promise<void>;
}

/** A role asks for two steps: sets the second one up, then hands out the recovery codes. */
export function Enrolment({ onDone }: EnrolmentProps) {
  const [step, setStep] = useState<Step>(() => (canUsePasskeys() ? "choice" : "totp"));
  const setUp = () => setStep("codes");
  return (
    <div className="enrolment">
      <Reauthentication />
      {step === "choice" && (
        <>
          <Why />
          <div className="factor-choice">
            <Choice
              icon={<MobileOutlined />}
              title={<Trans>手机验证器</Trans>}
              onClick={() => setStep("totp")}
            >
              <Trans>扫一次码，以后登录时填手机上的 6 位数。</Trans>
            </Choice>
            <Choice
              icon={<KeyOutlined />}
              title={<Trans>通行密钥</Trans>}
              onClick={() => setStep("passkey")}
            >
              <Trans>用这台设备的指纹、面容或 PIN，以后连密码都不用输。</Trans>
            </Choice>
          </div>
        </>
      )}
      {step === "totp" && (
        <>
          {!canUsePasskeys() && <Why />}
          <TotpSetup onDone={setUp} />
        </>
      )}
      {step === "passkey" && <PasskeySetup onDone={setUp} />}
      {(step === "totp" || step === "passkey") && canUsePasskeys() && (
        <Button type="link" className="enrolment-back" onClick={() => setStep("choice")}>
          <Trans>换一种方式</Trans>
        </Button>
      )}
      {step === "codes" && <Codes onDone={onDone} />}
    </div>
  );
}

function Why() {
  return (
    <p className="soft">
      <Trans>
        你能看到的客户资料多，只靠密码不够稳妥。花一分钟加上第二步，别人知道密码也进不来。
      </Trans>
    </p>
  );
}

interface ChoiceProps {
  icon: React.ReactNode;
  title: React.ReactNode;
  onClick: () => void;
  children: React.ReactNode;
}

function Choice({ icon, title, onClick, children }: ChoiceProps) {
  return (
    <button type="button" onClick={onClick}>
      {icon}
      <strong>{title}</strong>
      <span>{children}</span>
    </button>
  );
}

function PasskeySetup({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  return (
    <>
      <p className="soft">
        <Trans>起个名字，再按设备的提示确认，就好了。</Trans>
      </p>
      <PasskeyAdd submitLabel={t`创建通行密钥`} onDone={onDone} />
    </>
  );
}

function Codes({ onDone }: { onDone: () => void | Promise<void> }) {
  const { t } = useLingui();
  const me = useMe();
  const changed = useFactorsChanged();
  const [codes, setCodes] = useState<string[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    getRecoveryCodes().then(
      (found) => setCodes(found?.codes ?? []),
      (error: unknown) => setProblem(messageOf(error)),
    );
  }, []);
  const goOn = async () => {
    setBusy(true);
    await changed();
    await onDone();
    setBusy(false);
  };
  return (
    <>
      <p>
        <Trans>
          两步验证打开了。最后一件事：收好这些恢复码，复制、下载或打印一份。手机丢了、换了，用它们才进得来。
        </Trans>
      </p>
      {problem && <Alert type="warning" showIcon title={problem} role="alert" />}
      {!codes && !problem && <Skeleton active />}
      {codes && codes.length > 0 && <RecoverySheet codes={codes} username={me.username} />}
      <Button type="primary" size="large" block loading={isBusy} onClick={goOn}>
        {t`收好了，进入知客`}
      </Button>
    </>
  );
}
