import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Form, Input, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import { type Flow, onProofNeeded } from "@/api/allauth";
import { proveByCode, proveByPassword } from "@/api/factors";
import { messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { CodeForm } from "@/rooms/access/security/CodeForm";
import { PasskeyButton } from "@/rooms/access/security/PasskeyButton";
import { canUsePasskeys } from "@/rooms/access/security/webauthn";
import { toFirstField } from "@/ui/firstField";
import "@/rooms/access/security/security.css";

type Way = "password" | "totp" | "recovery_codes" | "webauthn";

interface Asking {
  ways: Way[];
  resolve: (proven: boolean) => void;
}

/** Before something delicate is done: is it really you? Then what was asked for goes on. */
export function Reauthentication() {
  const { t } = useLingui();
  const [asking, setAsking] = useState<Asking[]>([]);
  const content = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      onProofNeeded(
        (flows) =>
          new Promise((resolve) => {
            setAsking((before) => [...before, { ways: waysOf(flows), resolve }]);
          }),
      ),
    [],
  );
  const first = asking[0];
  const finish = (proven: boolean) => {
    for (const one of asking) one.resolve(proven);
    setAsking([]);
  };
  return (
    <Modal
      title={t`确认是你本人`}
      open={first !== undefined}
      onCancel={() => finish(false)}
      footer={null}
      width={380}
      destroyOnHidden
      zIndex={1400}
      afterOpenChange={toFirstField(content)}
    >
      <div ref={content}>{first && <Proof ways={first.ways} onDone={() => finish(true)} />}</div>
    </Modal>
  );
}

function Proof({ ways, onDone }: { ways: Way[]; onDone: () => void }) {
  const { t } = useLingui();
  const [way, setWay] = useState<Way>(ways[0] ?? "password");
  const [problem, setProblem] = useState<string | null>(null);
  const labels: Record<Way, string> = {
    password: t`用密码`,
    totp: t`用验证器里的验证码`,
    recovery_codes: t`用恢复码`,
    webauthn: t`用通行密钥`,
  };
  return (
    <>
      <p className="soft">
        <Trans>改动登录方式之前，再确认一次身份，接着就办。</Trans>
      </p>
      {problem && (
        <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />
      )}
      {way === "password" && <PasswordProof onDone={onDone} />}
      {way === "webauthn" && (
        <PasskeyButton
          use="reauthenticate"
          type="primary"
          onDone={onDone}
          onProblem={(error) => setProblem(error === null ? null : messageOf(error))}
        >
          <Trans>用通行密钥确认</Trans>
        </PasskeyButton>
      )}
      {(way === "totp" || way === "recovery_codes") && (
        <CodeForm
          key={way}
          kind={way}
          onCode={async (code) => {
            await proveByCode(code);
            onDone();
          }}
          submit={<Trans>确认</Trans>}
        />
      )}
      {ways.length > 1 && (
        <div className="other-ways">
          {ways
            .filter((one) => one !== way)
            .map((one) => (
              <Button
                key={one}
                type="link"
                onClick={() => {
                  setProblem(null);
                  setWay(one);
                }}
              >
                {labels[one]}
              </Button>
            ))}
        </div>
      )}
    </>
  );
}

function PasswordProof({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const send = async ({ proof }: { proof: string }) => {
    setBusy(true);
    setProblem(null);
    try {
      await proveByPassword(proof);
      onDone();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form layout="vertical" requiredMark={false} size="large" onFinish={send}>
      {problem && (
        <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />
      )}
      <input type="text" autoComplete="username" value={me.username} readOnly hidden />
      <Form.Item name="proof" label={t`密码`} rules={[{ required: true, message: t`请填密码` }]}>
        <Input.Password autoFocus autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        <Trans>确认</Trans>
      </Button>
    </Form>
  );
}

function waysOf(flows: Flow[]): Way[] {
  const ways: Way[] = [];
  if (flows.some((flow) => flow.id === "reauthenticate")) ways.push("password");
  const types = flows.find((flow) => flow.id === "mfa_reauthenticate")?.types ?? [];
  if (types.includes("totp")) ways.push("totp");
  if (types.includes("webauthn") && canUsePasskeys()) ways.push("webauthn");
  if (types.includes("recovery_codes")) ways.push("recovery_codes");
  return ways;
}
