import {
  CalendarOutlined,
  DeleteOutlined,
  MergeCellsOutlined,
  StarOutlined,
  SwapOutlined,
} from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { useFieldRights } from "@/api/fieldGroups";
import { messageOf } from "@/api/problem";
import { useRights } from "@/api/rights";
import { type CustomerFilters, type CustomerQuery, queryOf } from "@/rooms/customers/list/filters";
import { PlanDialog } from "@/rooms/customers/list/PlanDialog";
import { HandOverDialog } from "@/rooms/customers/passing/HandOverDialog";
import { useFollowHandOver } from "@/rooms/customers/passing/handingOver";
import { useChangeCustomer, useDeleteCustomer } from "@/rooms/customers/queries";
import type { CustomerRow } from "@/rooms/customers/rows";
import { useUndo } from "@/ui/undo";

interface BulkBarProps {
  rows: CustomerRow[];
  /** How many the filters find. */
  total: number;
  /** All of the filters are meant, not only the rows fetched so far. */
  isAll: boolean;
  onAll: () => void;
  filters: CustomerFilters;
  onDone: () => void;
  /** What other rooms do with them. */
  more?: BulkMore | undefined;
}

/** Which customers are meant: these, or all that meet the filters. */
export interface BulkChosen {
  customer_ids?: number[];
  filters?: CustomerQuery;
}

/** Draws a button that does something with the chosen; `done` puts the selection away. */
export type BulkMore = (chosen: BulkChosen, count: number, done: () => void) => ReactNode;

/** As many files become one at once. */
const MOST_MERGED = 10;

/** What can be done with the selected rows; takes the place of the filters while rows are selected. */
export function BulkBar(props: BulkBarProps) {
  const { rows, total, isAll, onAll, filters, onDone, more } = props;
  const { t } = useLingui();
  const { message } = App.useApp();
  const rights = useRights();
  const fields = useFieldRights();
  const [isBusy, setBusy] = useState(false);
  const [isHanding, setHanding] = useState(false);
  const [isPlanning, setPlanning] = useState(false);
  const change = useChangeCustomer();
  const { remove, restore } = useDeleteCustomer();
  const follow = useFollowHandOver();
  const offerUndo = useUndo();
  const count = isAll ? total : rows.length;
  // Those that are only shown to me, or in the pool, may be selected but stay as they are.
  const mine = rows.filter((row) => row.may_edit);
  const others = isAll ? 0 : rows.length - mine.length;
  const allKey = mine.every((row) => row.is_key);

  /** One after the other: a refusal stops nothing that was already done, and is told. */
  const each = async (run: (row: CustomerRow) => Promise<unknown>): Promise<CustomerRow[]> => {
    setBusy(true);
    const done: CustomerRow[] = [];
    let refused: unknown = null;
    for (const row of mine) {
      try {
        await run(row);
        done.push(row);
      } catch (error) {
        refused = error;
      }
    }
    setBusy(false);
    if (refused) message.error(t`有 ${mine.length - done.length} 位没改成：${messageOf(refused)}`);
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
      {others > 0 && (
        <span className="faint">
          <Plural
            value={others}
            one="其中 # 位你只能看，不会改动"
            other="其中 # 位你只能看，不会改动"
          />
        </span>
      )}
      {total > rows.length && !isAll && (rights.may("hand_over") || rights.may("log")) && (
        <Button type="link" onClick={onAll}>
          <Plural value={total} one="选中筛选出的全部 # 位" other="选中筛选出的全部 # 位" />
        </Button>
      )}
      {rights.may("hand_over") && (
        <Button
          icon={<SwapOutlined />}
          disabled={isBusy || (!isAll && mine.length === 0)}
          onClick={() => setHanding(true)}
        >
          <Trans>转交</Trans>
        </Button>
      )}
      {rights.may("log") && (
        <Button
          icon={<CalendarOutlined />}
          disabled={isBusy || (!isAll && rows.length === 0)}
          onClick={() => setPlanning(true)}
        >
          <Trans>安排跟进</Trans>
        </Button>
      )}
      {rights.may("log") &&
        more?.(
          isAll ? { filters: queryOf(filters) } : { customer_ids: rows.map((row) => row.id) },
          count,
          onDone,
        )}
      {rights.may("delete") && !isAll && mine.length >= 2 && mine.length <= MOST_MERGED && (
        <Link to="/merge" search={{ ids: mine.map((row) => row.id).join(",") }}>
          <Button icon={<MergeCellsOutlined />} tabIndex={-1}>
            <Trans>合并</Trans>
          </Button>
        </Link>
      )}
      {fields.edits("is_key") && !isAll && (
        <Button
          icon={<StarOutlined />}
          disabled={isBusy || mine.length === 0}
          onClick={() => each((row) => change(row, { is_key: !allKey }))}
        >
          {allKey ? <Trans>取消重点</Trans> : <Trans>设为重点</Trans>}
        </Button>
      )}
      {rights.may("delete") && !isAll && (
        <Button
          danger
          icon={<DeleteOutlined />}
          disabled={isBusy || mine.length === 0}
          onClick={removeAll}
        >
          <Trans>删除</Trans>
        </Button>
      )}
      <Button type="text" onClick={onDone}>
        <Trans>取消选择</Trans> <kbd>Esc</kbd>
      </Button>
      {isPlanning && (
        <PlanDialog
          what={
            isAll
              ? { filters: { ...queryOf(filters) } }
              : { customer_ids: rows.map((row) => row.id) }
          }
          count={count}
          onClose={() => setPlanning(false)}
          onDone={() => {
            setPlanning(false);
            onDone();
          }}
        />
      )}
      {isHanding && (
        <HandOverDialog
          what={
            isAll
              ? { filters: { ...queryOf(filters) } }
              : { customer_ids: mine.map((row) => row.id) }
          }
          count={isAll ? count : mine.length}
          onClose={() => setHanding(false)}
          onStarted={(begun) => {
            setHanding(false);
            onDone();
            void follow(begun);
          }}
        />
      )}
    </div>
  );
}
