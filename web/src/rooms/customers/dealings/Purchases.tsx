import { PlusOutlined, ShoppingOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Skeleton } from "antd";
import { useMemo, useState } from "react";
import { deletePurchase, restorePurchase } from "@/api/generated/dealings";
import type { CustomerOut, PurchaseOut, PurchaseSummary } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { planText } from "@/lib/days";
import { exactMoneyText } from "@/lib/money";
import { type Figure, Figures } from "@/rooms/customers/dealings/Figures";
import { PurchaseDrawer } from "@/rooms/customers/dealings/PurchaseDrawer";
import { piecesText } from "@/rooms/customers/dealings/pieces";
import { usePurchases, useRefreshDealings } from "@/rooms/customers/dealings/queries";
import { RowMenu } from "@/rooms/customers/dealings/RowMenu";
import { EmptyState } from "@/ui/EmptyState";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import { Trouble } from "@/ui/Trouble";
import { useUndo } from "@/ui/undo";
import { Day, Money } from "@/ui/values";
import "@/rooms/customers/dealings/dealings.css";

/** 购买记录: what was bought, the latest first, and what it comes to. */
export function Purchases({ customer }: { customer: CustomerOut }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const offerUndo = useUndo();
  const found = usePurchases(customer.id);
  const refresh = useRefreshDealings(customer.id);
  const [edited, setEdited] = useState<number | "new" | null>(null);
  const items = useMemo(() => found.data?.pages.flatMap((page) => page.items) ?? [], [found.data]);
  const mayAdd = customer.can.edit && customer.fields.cooperation === "edit";
  const readsMoney = customer.fields.money !== "hidden";
  if (found.isPending) return <Skeleton active title={false} paragraph={{ rows: 6 }} />;
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;

  const erase = async ({ id, product }: PurchaseOut) => {
    try {
      await deletePurchase(id);
    } catch (error) {
      message.error(messageOf(error));
      return;
    } finally {
      await refresh();
    }
    offerUndo(t`删除了购买记录：${product}`, async () => {
      await restorePurchase(id);
      await refresh();
    });
  };
  const add = mayAdd && (
    <Button
      type={items.length === 0 ? "primary" : "default"}
      icon={<PlusOutlined />}
      onClick={() => setEdited("new")}
    >
      <Trans>记一笔购买</Trans>
    </Button>
  );
  return (
    <section className="dealings" aria-label={t`购买记录`}>
      {items.length === 0 ? (
        <EmptyState icon={<ShoppingOutlined />} title={t`还没有购买记录`} action={add}>
          <Trans>记下每次买了什么、多少钱，就能看出他多久买一次、什么时候该联系了。</Trans>
        </EmptyState>
      ) : (
        <>
          <div className="dealings-head">
            <Totals summary={found.data.pages[0]?.summary} />
            {add}
          </div>
          <ul className="purchases">
            {items.map((one, at) => (
              <Purchase
                key={one.id}
                purchase={one}
                readsMoney={readsMoney}
                isNewYear={yearOf(one) !== yearOf(items[at - 1])}
                onEdit={() => setEdited(one.id)}
                onErase={() => void erase(one)}
              />
            ))}
          </ul>
        </>
      )}
      {found.hasNextPage && (
        <MoreWhenSeen
          isLoading={found.isFetchingNextPage}
          onSeen={() => {
            if (!found.isFetchingNextPage) void found.fetchNextPage();
          }}
        />
      )}
      <PurchaseDrawer
        customer={customer}
        purchase={items.find((one) => one.id === edited) ?? null}
        known={[...new Set(items.map((one) => one.product))]}
        open={edited !== null}
        onClose={() => setEdited(null)}
        onSaved={refresh}
      />
    </section>
  );
}

const yearOf = (one: PurchaseOut | undefined) => one?.bought_on.slice(0, 4);

function Totals({ summary }: { summary: PurchaseSummary | undefined }) {
  const { t } = useLingui();
  if (!summary) return null;
  const figures: Figure[] = [{ label: t`共购买`, value: t`${summary.count} 次` }];
  if (summary.amount !== null) {
    figures.push({ label: t`合计`, value: <Money fen={summary.amount} /> });
  }
  if (summary.every_days !== null) {
    figures.push({ label: t`平均`, value: t`每 ${summary.every_days} 天一次` });
  }
  if (summary.last_on) figures.push({ label: t`最近一次`, value: <Day day={summary.last_on} /> });
  return <Figures label={t`购买合计`} figures={figures} />;
}

interface PurchaseProps {
  purchase: PurchaseOut;
  readsMoney: boolean;
  isNewYear: boolean;
  onEdit: () => void;
  onErase: () => void;
}

function Purchase({ purchase, readsMoney, isNewYear, onEdit, onErase }: PurchaseProps) {
  const { t } = useLingui();
  const { product, bought_on, amount, quantity, order_code, note } = purchase;
  return (
    <>
      {isNewYear && (
        <li className="purchase-year" aria-hidden>
          {t`${bought_on.slice(0, 4)} 年`}
        </li>
      )}
      <li className="purchase">
        <time dateTime={bought_on} title={bought_on}>
          {planText(bought_on, bought_on)}
        </time>
        <span className="purchase-what">
          <strong>{product}</strong>
          {quantity && <span className="soft"> × {piecesText(quantity)}</span>}
          {(order_code || note) && (
            <small>
              {order_code && <span className="number">{t`订单 ${order_code}`}</span>}
              {order_code && note && " · "}
              {note}
            </small>
          )}
        </span>
        {readsMoney && (
          <span className="purchase-amount number">
            {amount === null ? <span className="faint">—</span> : exactMoneyText(amount)}
          </span>
        )}
        <RowMenu
          label={t`${product}的更多操作`}
          mayEdit={purchase.may_edit}
          onEdit={onEdit}
          onErase={onErase}
        />
      </li>
    </>
  );
}
