import { ExclamationCircleFilled } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Collapse, Progress } from "antd";
import { useState } from "react";
import { cancelImport, confirmImport, type ImportOut } from "@/api/doors";
import { messageOf } from "@/api/problem";
import { useShortcut } from "@/lib/keys";
import { countText } from "@/lib/money";
import { useIsPhone } from "@/lib/screen";
import { CountChips } from "@/rooms/doors/CountChips";
import { ImportOptions } from "@/rooms/doors/ImportOptions";
import { MappingTable } from "@/rooms/doors/MappingTable";
import { useImportStep } from "@/rooms/doors/queries";
import { RowsLook } from "@/rooms/doors/RowsLook";
import { recognised, waitsForMapping, writable } from "@/rooms/doors/words";

interface LookStepProps {
  of: ImportOut;
  onLeave: () => void;
}

/** The one look before anything is written: what was recognised, what will happen, what is wrong. */
export function LookStep({ of, onLeave }: LookStepProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const waits = waitsForMapping(of);
  const settings = (
    <>
      {!waits && <ImportOptions of={of} />}
      {of.sheet !== "tool-card" && <MappingTable of={of} />}
    </>
  );
  return (
    <>
      <div className="look-summary" aria-busy={of.state === "reading"}>
        <strong>{waits ? t`没见过这种表，还差一步` : recognised(of)}</strong>
        {of.state === "reading" ? (
          <span className="look-again">
            <Progress
              strokeColor="var(--accent)"
              percent={Math.floor(of.progress * 100)}
              size="small"
              status="active"
            />
            <Trans>按新的设置重新检查…</Trans>
          </span>
        ) : (
          of.state === "ready" && <CountChips counts={of.counts} />
        )}
      </div>
      {of.message && (
        <p className="look-message" role="alert">
          <ExclamationCircleFilled aria-hidden /> {of.message}
        </p>
      )}
      <div className="look">
        {isPhone ? (
          <Collapse
            className="look-settings"
            items={[{ key: "settings", label: t`列的对应和导入方式`, children: settings }]}
            {...(waits && { defaultActiveKey: "settings" })}
          />
        ) : (
          <div className="look-settings">{settings}</div>
        )}
        <RowsLook of={of} />
      </div>
      <LookFoot of={of} onLeave={onLeave} />
    </>
  );
}

function LookFoot({ of, onLeave }: LookStepProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const step = useImportStep();
  const [isBusy, setBusy] = useState(false);
  const count = writable(of.counts);
  const canConfirm = of.state === "ready" && count > 0 && !isBusy;
  const run = async (action: typeof confirmImport, after?: () => void) => {
    setBusy(true);
    try {
      await step(action, of.id);
      after?.();
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  const confirm = () => void run(confirmImport);
  useShortcut({
    keys: "mod+enter",
    label: t`确认导入`,
    group: t`这一页`,
    run: confirm,
    off: !canConfirm,
  });
  return (
    <footer className="look-foot">
      <span className="look-foot-note soft">
        {waitsForMapping(of) ? (
          <Trans>先给上面说的那一列选好字段，就能看到每一行会怎样。</Trans>
        ) : of.state === "ready" && count === 0 ? (
          <Trans>没有能导入的行。照提示改好表格，再传一次。</Trans>
        ) : of.counts.refused > 0 ? (
          <Trans>
            有 {countText(of.counts.refused)} 行不能导入，不影响其他行；导完可以下载下来改。
          </Trans>
        ) : (
          <Trans>导完随时可以整批撤销。</Trans>
        )}
      </span>
      <Button onClick={() => void run(cancelImport, onLeave)} disabled={isBusy}>
        {t`不导了`}
      </Button>
      <Button type="primary" loading={isBusy} disabled={!canConfirm} onClick={confirm}>
        {of.state === "reading" ? t`检查中…` : <Trans>确认导入 {countText(count)} 行</Trans>}
      </Button>
    </footer>
  );
}
