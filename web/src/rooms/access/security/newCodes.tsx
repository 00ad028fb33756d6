import { useLingui } from "@lingui/react/macro";
import { App, Button, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { getRecoveryCodes, makeRecoveryCodes, type RecoveryCodes } from "@/api/factors";
import { ApiProblem, messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { useFactorsChanged } from "@/rooms/access/security/authenticators";
import { RecoverySheet } from "@/rooms/access/security/RecoverySheet";

interface NewCodes {
  /** Shows the codes that are there, if the server still tells them. */
  show: () => Promise<void>;
  /** Makes a new set and shows it. */
  make: () => Promise<void>;
  dialog: ReactNode;
}

/** The dialog in which recovery codes are shown. */
export function useNewCodes(): NewCodes {
  const { t } = useLingui();
  const me = useMe();
  const { message } = App.useApp();
  const changed = useFactorsChanged();
  const [codes, setCodes] = useState<string[] | null>(null);
  const take = async (fetching: () => Promise<RecoveryCodes | null>) => {
    try {
      const found = await fetching();
      if (found?.codes?.length) setCodes(found.codes);
      else if (found) message.info(t`恢复码只在生成时显示一次。找不到了就重新生成一组。`);
      await changed();
    } catch (error) {
      if (!(error instanceof ApiProblem && error.code === "cancelled")) {
        message.error(messageOf(error));
      }
    }
  };
  const close = () => setCodes(null);
  return {
    show: () => take(getRecoveryCodes),
    make: () => take(makeRecoveryCodes),
    dialog: (
      <Modal
        title={t`收好恢复码`}
        open={codes !== null}
        onCancel={close}
        width={440}
        mask={{ closable: false }}
        destroyOnHidden
        footer={<Button type="primary" onClick={close}>{t`收好了`}</Button>}
      >
        <p className="soft">{t`手机丢了、换了，用它们才进得来。每个只能用一次。`}</p>
        {codes && <RecoverySheet codes={codes} username={me.username} />}
      </Modal>
    ),
  };
}
