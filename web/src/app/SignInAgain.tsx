import { Trans, useLingui } from "@lingui/react/macro";
import { Modal } from "antd";
import { useEffect, useState } from "react";
import { onSignedOut } from "@/api/client";
import { useMe } from "@/api/queries";
import { SignInForm } from "@/rooms/access/SignInForm";

/** The session ended while someone was at work: asks for the password over the page, so that
 * whatever was typed stays, and then sends again what could not be sent. */
export function SignInAgain() {
  const { t } = useLingui();
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const [waiting] = useState<((signedIn: boolean) => void)[]>([]);
  useEffect(() => {
    onSignedOut(
      () =>
        new Promise((resolve) => {
          waiting.push(resolve);
          setOpen(true);
        }),
    );
    return () => onSignedOut(null);
  }, [waiting]);
  const finish = (signedIn: boolean) => {
    setOpen(false);
    for (const resolve of waiting.splice(0)) resolve(signedIn);
  };
  return (
    <Modal
      title={t`请重新登录`}
      open={isOpen}
      onCancel={() => finish(false)}
      footer={null}
      width={380}
      mask={{ closable: false }}
      destroyOnHidden
      zIndex={1500}
    >
      <p className="soft">
        <Trans>离开得有点久，登录过期了。你写的内容都在，登录后接着来。</Trans>
      </p>
      <SignInForm username={me.username} onSignedIn={() => finish(true)} />
    </Modal>
  );
}
