import { Trans, useLingui } from "@lingui/react/macro";
import { App } from "antd";
import { type ImportOut, undoImport } from "@/api/doors";
import { messageOf } from "@/api/problem";
import { countText } from "@/lib/money";
import { useImportStep } from "@/rooms/doors/queries";
import { isRecords } from "@/rooms/doors/words";

const FRESH = 30 * 60_000;

/**
 * Takes a whole import back: right after it with one click; later it asks first, because
 * colleagues may have worked with it since.
 */
export function useUndoImport(): (of: ImportOut) => void {
  const { t } = useLingui();
  const { modal, message } = App.useApp();
  const step = useImportStep();
  const takeBack = async (of: ImportOut) => {
    try {
      await step(undoImport, of.id);
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  return (of) => {
    if (Date.now() - Date.parse(of.created_at) < FRESH) {
      void takeBack(of);
      return;
    }
    modal.confirm({
      title: t`撤销这次导入？`,
      content: <UndoText of={of} />,
      okText: t`撤销这次导入`,
      okButtonProps: { danger: true },
      cancelText: t`先留着`,
      onOk: () => takeBack(of),
    });
  };
}

function UndoText({ of }: { of: ImportOut }) {
  const added = countText(of.counts.new);
  const updated = countText(of.counts.update);
  return (
    <ul className="undo-text">
      {of.counts.new > 0 && (
        <li>
          {isRecords(of) ? (
            <Trans>这次记下的 {added} 条会拿掉。</Trans>
          ) : (
            <Trans>这次新增的 {added} 位客户会移走，连同一起导入的跟进。</Trans>
          )}
        </li>
      )}
      {of.counts.update > 0 && (
        <li>
          <Trans>这次更新的 {updated} 位客户会变回导入前的样子。</Trans>
        </li>
      )}
      <li>
        <Trans>导入之后又有人动过的，会原样留下，不会丢掉同事的工作。</Trans>
      </li>
    </ul>
  );
}
