import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { type Authenticator, deactivateTotp } from "@/api/factors";
import { ApiProblem, messageOf } from "@/api/problem";
import { dayText } from "@/lib/days";
import { useFactorsChanged } from "@/rooms/access/security/authenticators";
import { useNewCodes } from "@/rooms/access/security/newCodes";
import { TotpSetup } from "@/rooms/access/security/TotpSetup";
import { dayOfSeconds } from "@/rooms/access/security/times";
import { Chip } from "@/ui/Chip";
import { SettingsPart } from "@/ui/SettingsPart";

interface TotpPartProps {
  totp: Authenticator | null;
  /** Recovery codes come with the first factor only. */
  hasCodes: boolean;
}

/** 两步验证 with an authenticator app. */
export function TotpPart({ totp, hasCodes }: TotpPartProps) {
  const { t } = useLingui();
  const { message, modal } = App.useApp();
  const changed = useFactorsChanged();
  const newCodes = useNewCodes();
  const [isOpen, setOpen] = useState(false);
  const done = async () => {
    setOpen(false);
    await changed();
    message.success(t`两步验证打开了`);
    if (!hasCodes) await newCodes.show();
  };
  const stop = async () => {
    try {
      await deactivateTotp();
      await changed();
      message.success(t`验证器停用了`);
    } catch (error) {
      if (!(error instanceof ApiProblem && error.code === "cancelled")) {
        message.error(messageOf(error));
      }
    }
  };
  const askToStop = () =>
    modal.confirm({
      title: t`停用验证器？`,
      content: t`以后登录不再问验证码。要再打开，得重新扫码。`,
      okText: t`停用`,
      okButtonProps: { danger: true },
      cancelText: t`不停用`,
      onOk: () => void stop(),
    });
  return (
    <SettingsPart
      title={t`手机验证器`}
      note={<Trans>登录时除了密码，再填手机上的 6 位数。别人知道密码也进不来。</Trans>}
      action={
        totp ? (
          <Button danger onClick={askToStop}>{t`停用`}</Button>
        ) : (
          <Button type="primary" onClick={() => setOpen(true)}>{t`打开`}</Button>
        )
      }
    >
      {totp && (
        <p className="part-state">
          <Chip color="green">{t`已打开`}</Chip>
          <span className="soft">
            {totp.last_used_at
              ? t`最近用过：${dayText(dayOfSeconds(totp.last_used_at))}`
              : t`打开于${dayText(dayOfSeconds(totp.created_at))}`}
          </span>
        </p>
      )}
      <Modal
        title={t`打开手机验证器`}
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        width={440}
        mask={{ closable: false }}
        destroyOnHidden
      >
        <TotpSetup onDone={done} />
      </Modal>
      {newCodes.dialog}
    </SettingsPart>
  );
}
