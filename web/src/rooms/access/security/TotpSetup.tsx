import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Skeleton } from "antd";
import { activateTotp, offerTotp } from "@/api/factors";
import { messageOf } from "@/api/problem";
import { copyText } from "@/lib/copying";
import { useIsTouch } from "@/lib/screen";
import { CodeForm } from "@/rooms/access/security/CodeForm";
import { QrCode } from "@/rooms/access/security/QrCode";
import "@/rooms/access/security/security.css";

/** Sets up an authenticator app: scan, then type the first code. */
export function TotpSetup({ onDone }: { onDone: () => void | Promise<void> }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const isTouch = useIsTouch();
  // Every asking makes another secret: not while somebody is away fetching the code on the phone.
  const { data, error, refetch } = useQuery({
    queryKey: ["totp-offer"],
    queryFn: async () => {
      const offer = await offerTotp();
      if (!offer) await onDone();
      return offer;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const copy = async () => {
    if (await copyText(data?.secret ?? "")) message.success(t`复制好了`);
    else message.error(t`浏览器不让复制，请选中后自己复制`);
  };
  if (error) {
    return (
      <Alert
        type="warning"
        showIcon
        role="alert"
        title={messageOf(error)}
        action={<Button size="small" onClick={() => refetch()}>{t`再试一次`}</Button>}
      />
    );
  }
  if (!data) return <Skeleton active />;
  return (
    <div className="totp-setup">
      <ol>
        <li>
          <p>
            <Trans>
              打开手机上的验证器扫码。还没有的话，微信里的“腾讯身份验证器”小程序、Microsoft
              Authenticator、Google Authenticator 都行。
            </Trans>
          </p>
          <QrCode text={data.url} label={t`给验证器扫的二维码`} />
          {isTouch && (
            <Button href={data.url} block>
              <Trans>就在这台手机上打开验证器</Trans>
            </Button>
          )}
          <p className="soft secret">
            <Trans>扫不了码？在验证器里手工输入：</Trans>
            <code>{data.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
            <Button size="small" type="link" onClick={copy}>
              <Trans>复制</Trans>
            </Button>
          </p>
        </li>
        <li>
          <p>
            <Trans>填验证器上显示的 6 位数。</Trans>
          </p>
          <CodeForm
            kind="totp"
            onCode={async (code) => {
              await activateTotp(code);
              await onDone();
            }}
            submit={<Trans>打开两步验证</Trans>}
          />
        </li>
      </ol>
    </div>
  );
}
