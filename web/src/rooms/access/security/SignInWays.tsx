import { SafetyCertificateOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { waysIn } from "@/api/generated/access";
import { PasskeyButton } from "@/rooms/access/security/PasskeyButton";
import { ProviderForm } from "@/rooms/access/security/ProviderForm";
import { canUsePasskeys } from "@/rooms/access/security/webauthn";
import "@/rooms/access/security/security.css";

interface SignInWaysProps {
  /** Where single sign-on comes back to; absent: it is not offered, since it leaves the page. */
  returnTo?: string | undefined;
  onDone: () => void | Promise<void>;
  onProblem: (error: unknown) => void;
}

/** Ways in without typing a password: a passkey, the company's single sign-on. */
export function SignInWays({ returnTo, onDone, onProblem }: SignInWaysProps) {
  const { t } = useLingui();
  const { data } = useQuery({ queryKey: ["sign-in"], queryFn: () => waysIn(), staleTime: 600_000 });
  const providers = returnTo === undefined ? [] : (data?.providers ?? []);
  const hasPasskeys = Boolean(data?.passkeys) && canUsePasskeys();
  if (!hasPasskeys && providers.length === 0) return null;
  return (
    <div className="sign-in-ways">
      <p className="or">
        <Trans>或者</Trans>
      </p>
      {providers.map(({ id, name }) => (
        <ProviderForm
          key={id}
          provider={id}
          process="login"
          returnTo={returnTo ?? "/"}
          size="large"
          block
          icon={<SafetyCertificateOutlined />}
        >
          {/登录$/.test(name) ? name : t`用${name}登录`}
        </ProviderForm>
      ))}
      {hasPasskeys && (
        <PasskeyButton use="login" onDone={onDone} onProblem={onProblem}>
          <Trans>用通行密钥登录</Trans>
        </PasskeyButton>
      )}
    </div>
  );
}
