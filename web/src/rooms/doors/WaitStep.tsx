import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Progress } from "antd";
import { cancelImport, type ImportOut } from "@/api/doors";
import { messageOf } from "@/api/problem";
import { countText } from "@/lib/money";
import { useImportStep } from "@/rooms/doors/queries";

/** The server is at work: how far it is, and that nobody needs to stay for it. */
export function WaitStep({ of }: { of: ImportOut }) {
  const { t } = useLingui();
  const titles: Partial<Record<ImportOut["state"], string>> = {
    reading: t`正在读这份表…`,
    running: t`正在导入…`,
    undoing: t`正在撤销…`,
  };
  const percent = Math.floor(of.progress * 100);
  return (
    <section className="wait" aria-live="polite">
      <Progress
        type="circle"
        strokeColor="var(--accent)"
        className={percent === 0 ? "is-endless" : ""}
        percent={percent || ENDLESS}
        {...(percent === 0 && { format: () => "" })}
        size={132}
        strokeWidth={7}
        aria-label={titles[of.state] ?? ""}
      />
      <h2>{titles[of.state]}</h2>
      {of.state === "running" && (
        <p className="number">
          <Trans>已写入 {countText(of.counts.done)} 行</Trans>
        </p>
      )}
      <p className="soft">
        {of.state === "reading" ? (
          <Trans>认列名、查号码、对日期。不用守着，读完了会在“进出”里等你。</Trans>
        ) : of.state === "running" ? (
          <Trans>不用守着，去忙别的也会接着导。进度在“进出”里看得到。</Trans>
        ) : (
          <Trans>新增的在移走，更新过的在变回原样。不用守着。</Trans>
        )}
      </p>
      {of.state !== "undoing" && <StopButton of={of} />}
    </section>
  );
}

/** Where nobody knows yet how far it is: a piece of the circle, going round. */
const ENDLESS = 22;

/** Stopping half-way takes back what was written: said before it is done. */
function StopButton({ of }: { of: ImportOut }) {
  const { t } = useLingui();
  const { modal, message } = App.useApp();
  const step = useImportStep();
  const stop = async () => {
    try {
      await step(cancelImport, of.id);
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  const ask = () =>
    modal.confirm({
      title: t`停下这次导入？`,
      content: t`已经写进去的 ${countText(of.counts.done)} 行会一起撤回，像没导过一样。`,
      okText: t`停下并撤回`,
      okButtonProps: { danger: true },
      cancelText: t`接着导`,
      onOk: stop,
    });
  return (
    <Button type="text" onClick={of.state === "running" ? ask : stop}>
      {of.state === "running" ? t`停下` : t`不导了`}
    </Button>
  );
}
