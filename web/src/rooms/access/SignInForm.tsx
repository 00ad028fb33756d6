import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Form, Input, Skeleton } from "antd";
import { lazy, Suspense, useState } from "react";
import { type SignInStep, signIn } from "@/api/access";
import { messageOf } from "@/api/problem";
import { SignInWays } from "@/rooms/access/security/SignInWays";

// Most people have no second step, and those who have come to it a moment later.
const SecondFactor = lazy(() =>
  import("@/rooms/access/security/SecondFactor").then((m) => ({ default: m.SecondFactor })),
);

interface SignInFormProps {
  /** Fixed where a session goes on: the same person, only the password is asked for. */
  username?: string;
  /** Where single sign-on comes back to; absent: it is not offered. */
  returnTo?: string;
  /** A sign-in begun elsewhere that waits for its second step. */
  pending?: SignInStep;
  /** A sentence to begin with: why the last attempt failed. */
  trouble?: string | null;
  /** Told which step it is at: what the page above calls itself. */
  onStep?: (step: SignInStep) => void;
  /** `password` where one was typed just now: it can prove once more who this is. */
  onSignedIn: (password: string | null) => void | Promise<void>;
}

/** Signing in: the password, then a second step for those who have one. */
export function SignInForm(props: SignInFormProps) {
  const [step, setStep] = useState<SignInStep>(props.pending ?? null);
  const goTo = (next: SignInStep) => {
    setStep(next);
    props.onStep?.(next);
  };
  const [password, setPassword] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(props.trouble ?? null);
  if (step) {
    return (
      <Suspense fallback={<Skeleton active />}>
        <SecondFactor
          types={step}
          onDone={async () => props.onSignedIn(password)}
          onBack={(why) => {
            setTrouble(why);
            setPassword(null);
            goTo(null);
          }}
        />
      </Suspense>
    );
  }
  const entered = async (typed: string | null, next: SignInStep) => {
    setPassword(typed);
    setTrouble(null);
    if (next) goTo(next);
    else await props.onSignedIn(typed);
  };
  return (
    <>
      <PasswordStep
        username={props.username}
        trouble={trouble}
        onTrouble={setTrouble}
        onEntered={entered}
      />
      <SignInWays
        returnTo={props.returnTo}
        onDone={() => entered(null, null)}
        onProblem={(error) => setTrouble(error === null ? null : messageOf(error))}
      />
    </>
  );
}

interface PasswordStepProps {
  username: string | undefined;
  trouble: string | null;
  onTrouble: (trouble: string | null) => void;
  onEntered: (password: string, next: SignInStep) => Promise<void>;
}

function PasswordStep({ username, trouble, onTrouble, onEntered }: PasswordStepProps) {
  const { t } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const submit = async (values: { username: string; password: string }) => {
    setBusy(true);
    onTrouble(null);
    try {
      const next = await signIn(values.username.trim(), values.password);
      await onEntered(values.password, next);
    } catch (error) {
      onTrouble(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={submit}
      initialValues={{ username }}
      size="large"
    >
      {trouble && <Alert type="error" title={trouble} role="alert" style={{ marginBottom: 16 }} />}
      <Form.Item name="username" label={t`账号`} rules={[{ required: true, message: t`请填账号` }]}>
        <Input
          autoComplete="username"
          autoFocus={!username}
          disabled={Boolean(username)}
          autoCapitalize="none"
        />
      </Form.Item>
      <Form.Item name="password" label={t`密码`} rules={[{ required: true, message: t`请填密码` }]}>
        <Input.Password autoComplete="current-password" autoFocus={Boolean(username)} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        <Trans>登录</Trans>
      </Button>
    </Form>
  );
}
