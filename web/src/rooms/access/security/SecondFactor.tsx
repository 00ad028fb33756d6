import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button } from "antd";
import { useState } from "react";
import type { FactorType } from "@/api/allauth";
import { enterCode } from "@/api/factors";
import { ApiProblem, messageOf } from "@/api/problem";
import { CodeForm } from "@/rooms/access/security/CodeForm";
import { PasskeyButton } from "@/rooms/access/security/PasskeyButton";
import { canUsePasskeys } from "@/rooms/access/security/webauthn";
import "@/rooms/access/security/security.css";

interface SecondFactorProps {
  /** What this person has set up. */
  types: FactorType[];
  onDone: () => Promise<void>;
  /** Back to the password, with a sentence where there is one to say. */
  onBack: (why: string | null) => void;
}

/** The second step of signing in: a code, a recovery code or a passkey. */
export function SecondFactor({ types, onDone, onBack }: SecondFactorProps) {
  const { t } = useLingui();
  const ways = types.filter((type) => type !== "webauthn" || canUsePasskeys());
  const [way, setWay] = useState<FactorType>(
    ORDER.find((type) => ways.includes(type)) ?? "recovery_codes",
  );
  const [problem, setProblem] = useState<string | null>(null);
  const fail = (error: unknown) => {
    if (error instanceof ApiProblem && error.code === "expired") onBack(error.message);
    else setProblem(error === null ? null : messageOf(error));
  };
  const labels: Record<FactorType, string> = {
    totp: t`用验证器里的验证码`,
    recovery_codes: t`手机不在身边？用恢复码`,
    webauthn: t`用通行密钥`,
  };
  const notes: Record<FactorType, string> = {
    totp: t`打开手机上的验证器，填知客那一行的 6 位数。`,
    recovery_codes: t`打开两步验证时保存的那张纸，划掉一个没用过的，填在这里。`,
    webauthn: t`按手机或电脑的提示，用指纹、面容或 PIN 确认。`,
  };
  return (
    <div className="second-factor">
      <p className="soft">{notes[way]}</p>
      {problem && (
        <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />
      )}
      {way === "webauthn" ? (
        <PasskeyButton use="authenticate" type="primary" onDone={onDone} onProblem={fail}>
          <Trans>用通行密钥确认</Trans>
        </PasskeyButton>
      ) : (
        <CodeForm
          key={way}
          kind={way}
          onCode={async (code) => {
            await enterCode(code);
            await onDone();
          }}
          onExpired={fail}
          submit={<Trans>登录</Trans>}
        />
      )}
      <div className="other-ways">
        {ORDER.filter((type) => type !== way && ways.includes(type)).map((type) => (
          <Button
            key={type}
            type="link"
            onClick={() => {
              setProblem(null);
              setWay(type);
            }}
          >
            {labels[type]}
          </Button>
        ))}
        <Button type="link" onClick={() => onBack(null)}>
          <Trans>换个账号</Trans>
        </Button>
      </div>
    </div>
  );
}

/** What is offered first, where a person has several. */
const ORDER: FactorType[] = ["totp", "webauthn", "recovery_codes"];
