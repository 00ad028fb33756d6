import { SafetyCertificateOutlined, WarningFilled } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Skeleton } from "antd";
import { useState } from "react";
import { checkAudit, type AuditState as State } from "@/api/audit";
import { messageOf } from "@/api/problem";
import { momentText } from "@/lib/days";
import { countText } from "@/lib/money";
import { auditKeys, useAuditState } from "@/rooms/trail/auditQueries";

/** Is the log whole? One calm line while it is; in red, with what to do, once it is not. */
export function AuditState() {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const { data: state, error, refetch } = useAuditState();
  const [isBusy, setBusy] = useState(false);
  if (error && !state) {
    return (
      <p role="alert" className="audit-state">
        {messageOf(error)}{" "}
        <Button size="small" onClick={() => void refetch()}>{t`再试一次`}</Button>
      </p>
    );
  }
  if (!state) return <Skeleton.Input active size="small" className="audit-state" />;
  const check = async () => {
    setBusy(true);
    try {
      cache.setQueryData(auditKeys.state, await checkAudit());
    } catch (refused) {
      message.error(messageOf(refused));
    } finally {
      setBusy(false);
    }
  };
  const isBroken = state.well === false;
  return (
    <div
      className={`audit-state ${isBroken ? "is-broken" : ""}`}
      role={isBroken ? "alert" : "status"}
    >
      <span className="audit-state-icon" aria-hidden>
        {isBroken ? <WarningFilled /> : <SafetyCertificateOutlined />}
      </span>
      <div>
        <Sentence state={state} />
        {isBroken && (
          <p>
            <Trans>
              记录可能被人动过。先保留现场：不要重启、不要删数据；在服务器上运行 zhike doctor
              看清是哪一条，再和最近的备份核对。
            </Trans>
          </p>
        )}
      </div>
      <Button size="small" loading={isBusy || state.running} onClick={() => void check()}>
        {state.running ? <Trans>正在校验</Trans> : <Trans>现在校验</Trans>}
      </Button>
    </div>
  );
}

function Sentence({ state }: { state: State }) {
  const count = countText(state.events);
  const when = state.checked_at && momentText(state.checked_at);
  if (state.well === null) {
    return (
      <span>
        <Trans>共 {count} 条，还没校验过</Trans>
      </span>
    );
  }
  if (state.well) {
    return (
      <span>
        <Trans>共 {count} 条，校验完好</Trans>
        {when && <span className="faint"> · {when}</span>}
      </span>
    );
  }
  return (
    <strong>
      {state.problem}
      {when && <span className="audit-when"> · {when}</span>}
    </strong>
  );
}
