import { Trans, useLingui } from "@lingui/react/macro";
import { Modal, Skeleton } from "antd";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { type HeldUp, onSignedOut, reach } from "@/api/client";
import { me as fetchMe } from "@/api/generated/access";
import { useMe } from "@/api/queries";
import { afterTyping } from "@/app/afterTyping";
import { SignInForm } from "@/rooms/access/SignInForm";
import { toFirstField } from "@/ui/firstField";

const Enrolment = lazy(() =>
  import("@/rooms/access/security/Enrolment").then((m) => ({ default: m.Enrolment })),
);

/** The session ended while someone was at work (or their role now asks for a second factor): that is
 * settled over the page, so that whatever was typed stays, and then what could not be sent is sent
 * again. */
export function SignInAgain() {
  const { t } = useLingui();
  const me = useMe();
  const [why, setWhy] = useState<HeldUp | null>(null);
  const content = useRef<HTMLDivElement>(null);
  const [waiting] = useState<((goOn: boolean) => void)[]>([]);
  useEffect(() => {
    onSignedOut(
      (reason) =>
        new Promise((resolve) => {
          waiting.push(resolve);
          // Also what the page asks by itself brings this up: nobody's words go into the password.
          void afterTyping().then(() => waiting.length > 0 && setWhy(reason));
        }),
    );
    return () => onSignedOut(null);
  }, [waiting]);
  const finish = useCallback(
    (goOn: boolean) => {
      setWhy(null);
      for (const resolve of waiting.splice(0)) resolve(goOn);
    },
    [waiting],
  );
  const signedIn = useCallback(async () => {
    // A passkey may belong to a colleague: what stands on the page is then not theirs to send.
    const who = await fetchMe();
    if (who.id === me.id) finish(true);
    else window.location.assign("/");
  }, [finish, me.id]);
  // Signed in again in another window (single sign-on leaves this one): noticed on coming back.
  useEffect(() => {
    if (why !== "signed_out") return;
    const look = () => {
      reach("/api/v1/me", { method: "GET" }).then(
        (answer) => answer.ok && void signedIn(),
        () => {},
      );
    };
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [why, signedIn]);
  return (
    <Modal
      title={why === "second_factor_needed" ? t`你的角色需要两步验证` : t`请重新登录`}
      open={why !== null}
      onCancel={() => finish(false)}
      footer={null}
      width={why === "second_factor_needed" ? 520 : 380}
      mask={{ closable: false }}
      destroyOnHidden
      zIndex={1300}
      afterOpenChange={toFirstField(content)}
    >
      {why === "second_factor_needed" ? (
        <Suspense fallback={<Skeleton active />}>
          <Enrolment onDone={() => finish(true)} />
        </Suspense>
      ) : (
        <div ref={content}>
          <p className="soft">
            <Trans>离开得有点久，登录过期了。你写的内容都在，登录后接着来。</Trans>
          </p>
          <SignInForm username={me.username} onSignedIn={signedIn} />
        </div>
      )}
    </Modal>
  );
}
