import { Trans, useLingui } from "@lingui/react/macro";
import { Alert } from "antd";
import type { ReactNode } from "react";
import "@/rooms/care/care.css";

/** Somebody else saved first: theirs, above what one has written oneself. The next save takes its
 * place. */
export function Theirs({ children }: { children: ReactNode }) {
  const { t } = useLingui();
  return (
    <Alert
      type="warning"
      role="alert"
      className="form-alert"
      title={t`刚被别人改过，你写的还没存`}
      description={
        <>
          <div className="theirs">{children}</div>
          <Trans>点“用我的”就以下面这份为准，取消则保留对方的。</Trans>
        </>
      }
    />
  );
}
