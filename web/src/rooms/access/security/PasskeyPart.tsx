import { KeyOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { type Authenticator, removePasskey, renamePasskey } from "@/api/factors";
import { ApiProblem, messageOf } from "@/api/problem";
import { dayText } from "@/lib/days";
import { useFactorsChanged } from "@/rooms/access/security/authenticators";
import { useNewCodes } from "@/rooms/access/security/newCodes";
import { PasskeyAdd } from "@/rooms/access/security/PasskeyAdd";
import { dayOfSeconds } from "@/rooms/access/security/times";
import { canUsePasskeys } from "@/rooms/access/security/webauthn";
import { SettingsPart } from "@/ui/SettingsPart";

/** 通行密钥: signing in with a finger, a face or a PIN instead of a password. */
export function PasskeyPart({ passkeys }: { passkeys: Authenticator[] }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const changed = useFactorsChanged();
  const newCodes = useNewCodes();
  const [isOpen, setOpen] = useState(false);
  const isFirst = passkeys.length === 0;
  const done = async (hasNewCodes: boolean) => {
    setOpen(false);
    await changed();
    message.success(t`通行密钥加好了，下次登录点“用通行密钥登录”`);
    if (hasNewCodes) await newCodes.show();
  };
  return (
    <SettingsPart
      title={t`通行密钥`}
      note={
        canUsePasskeys() ? (
          <Trans>用设备的指纹、面容或 PIN 登录，不用输密码，也骗不走。</Trans>
        ) : (
          <Trans>要通过 https 和域名打开知客才能用；现在这个地址不行。</Trans>
        )
      }
      action={
        canUsePasskeys() && (
          <Button type={isFirst ? "primary" : "default"} onClick={() => setOpen(true)}>
            {t`添加`}
          </Button>
        )
      }
    >
      {passkeys.length > 0 && (
        <ul className="settings-list" aria-label={t`通行密钥`}>
          {passkeys.map((passkey) => (
            <PasskeyLine key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      <Modal
        title={t`添加通行密钥`}
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        width={400}
        destroyOnHidden
      >
        <PasskeyAdd submitLabel={t`创建`} onDone={done} />
      </Modal>
      {newCodes.dialog}
    </SettingsPart>
  );
}

function PasskeyLine({ passkey }: { passkey: Authenticator }) {
  const { t } = useLingui();
  const { message, modal } = App.useApp();
  const changed = useFactorsChanged();
  const [draft, setDraft] = useState<string | null>(null);
  const id = passkey.id ?? 0;
  const name = passkey.name || t`没有名字`;
  const doing = async (change: () => Promise<void>) => {
    try {
      await change();
      await changed();
    } catch (error) {
      if (!(error instanceof ApiProblem && error.code === "cancelled")) {
        message.error(messageOf(error));
      }
    }
  };
  const rename = () => {
    const next = draft?.trim() ?? "";
    setDraft(null);
    if (next && next !== passkey.name) void doing(() => renamePasskey(id, next));
  };
  const remove = () =>
    modal.confirm({
      title: t`删除通行密钥“${name}”？`,
      content: t`以后不能再用它登录。设备里存的那一份要在设备的设置里删。`,
      okText: t`删除`,
      okButtonProps: { danger: true },
      cancelText: t`不删`,
      onOk: () => void doing(() => removePasskey(id)),
    });
  return (
    <li>
      <KeyOutlined className="soft" aria-hidden />
      <span className="settings-who">
        {draft === null ? (
          <strong>{name}</strong>
        ) : (
          <Input
            size="small"
            autoFocus
            maxLength={60}
            aria-label={t`通行密钥的名字`}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            onPressEnter={rename}
            onBlur={rename}
            onKeyDown={(event) => {
              if (event.key === "Escape") setDraft(null);
            }}
          />
        )}
        <small>
          {passkey.last_used_at
            ? t`最近用过：${dayText(dayOfSeconds(passkey.last_used_at))}`
            : t`添加于${dayText(dayOfSeconds(passkey.created_at))}，还没用过`}
        </small>
      </span>
      <Button
        size="small"
        type="text"
        onClick={() => setDraft(passkey.name ?? "")}
        aria-label={t`给${name}改名`}
      >
        {t`改名`}
      </Button>
      <Button size="small" type="text" danger onClick={remove} aria-label={t`删除${name}`}>
        {t`删除`}
      </Button>
    </li>
  );
}
