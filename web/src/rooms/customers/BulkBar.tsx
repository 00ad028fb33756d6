import { DeleteOutlined, StarOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { App, Button } from "antd";
import { useState } from "react";
import type { CustomerRow } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useChangeCustomer, useDeleteCustomer } from "@/rooms/customers/queries";
import { useUndo } from "@/ui/undo";

interface BulkBarProps {
  rows: CustomerRow[];
  onDone: () => void;
}

/** What can be done with the selected rows; takes the place of the filters while rows are selected. */
export function BulkBar({ rows, onDone }: BulkBarProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const change = useChangeCustomer();
  const { remove, restore } = useDeleteCustomer();
  const offerUndo = useUndo();
  const count = rows.length;
  const allKey = rows.every((row) => row.is_key);

  /** One after the other: a refusal stops nothing that was already done, and is told. */
  const each = async (run: (row: CustomerRow) => Promise<unknown>): Promise<CustomerRow[]> => {
    setBusy(true);
    const done: CustomerRow[] = [];
    let refused: unknown = null;
    for (const row of rows) {
      try {
        await run(row);
        done.push(row);
      } catch (error) {
        refused = error;
      }
    }
    setBusy(false);
    if (refused) message.error(t`有 ${count - done.length} 位没改成：${messageOf(refused)}`);
    onDone();
    return done;
  };
  const removeAll = async () => {
    const gone = await each((row) => remove(row.id));
    if (gone.length === 0) return;
    offerUndo(t`删除了 ${gone.length} 位客户`, async () => {
      for (const row of gone) await restore(row.id);
    });
  };
  return (
    <div className="bulk-bar" role="toolbar" aria-label={t`对选中的客户`}>
      <strong>
        <Plural value={count} one="选中 # 位" other="选中 # 位" />
      </strong>
      <Button
        icon={<StarOutlined />}
        disabled={isBusy}
        onClick={() => each((row) => change(row, { is_key: !allKey }))}
      >
        {allKey ? <Trans>取消重点</Trans> : <Trans>设为重点</Trans>}
      </Button>
      <Button danger icon={<DeleteOutlined />} disabled={isBusy} onClick={removeAll}>
        <Trans>删除</Trans>
      </Button>
      <Button type="text" onClick={onDone}>
        <Trans>取消选择</Trans> <kbd>Esc</kbd>
      </Button>
    </div>
  );
}
