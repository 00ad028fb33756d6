import { MergeCellsOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { App, Button } from "antd";
import { useState } from "react";
import type { MergeOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useRights } from "@/api/rights";
import { calendarText, dayOf } from "@/lib/days";
import { useMergesOf, useMerging } from "@/rooms/customers/quality/queries";
import "@/rooms/customers/quality/mergedFrom.css";

/** 合并自 2 位客户: what a customer took in, and the way back. Nothing where it took in nobody. */
export function MergedFrom({ customer }: { customer: number }) {
  const rights = useRights();
  return rights.may("delete") ? <Merged customer={customer} /> : null;
}

function Merged({ customer }: { customer: number }) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const merges = useMergesOf(customer).data?.items.filter((one) => one.undone_at === null) ?? [];
  const count = merges.flatMap((one) => one.absorbed).length;
  if (count === 0) return null;
  return (
    <section className="merged-from" aria-label={t`合并自`}>
      <button
        type="button"
        className="link-button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <MergeCellsOutlined aria-hidden />{" "}
        <Plural value={count} one="合并自 # 位客户" other="合并自 # 位客户" />
      </button>
      {isOpen && (
        <ul>
          {merges.map((one) => (
            <Merge key={one.id} merge={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Merge({ merge }: { merge: MergeOut }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { undo } = useMerging();
  const [isBusy, setBusy] = useState(false);
  const takeBack = async () => {
    setBusy(true);
    try {
      await undo(merge.id);
      message.success(t`分开了，和合并前一样`);
    } catch (error) {
      message.error(messageOf(error), 8);
    } finally {
      setBusy(false);
    }
  };
  const until = calendarText(dayOf(merge.undo_until));
  return (
    <li>
      <span>
        {merge.absorbed.map((side) => `${side.name}（${side.code}）`).join("、")}
        <small>
          {[merge.merged_by?.name, calendarText(dayOf(merge.merged_at))]
            .filter(Boolean)
            .join(" · ")}
        </small>
      </span>
      {merge.can_undo && (
        <Button
          size="small"
          loading={isBusy}
          title={t`${until}以前都可以`}
          onClick={() => void takeBack()}
        >
          <Trans>撤销合并</Trans>
        </Button>
      )}
    </li>
  );
}
