import {
  DeleteOutlined,
  EditOutlined,
  IdcardOutlined,
  PaperClipOutlined,
  ShoppingOutlined,
  TeamOutlined,
  UndoOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { App, Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import type { TrashItem, TrashItemKind } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { dayOf, daysBetween, momentText, today } from "@/lib/days";
import { useRestoring, useTrash } from "@/rooms/customers/trash/trash";
import type { TrashFilters } from "@/rooms/customers/trash/trashFilters";
import { EmptyState } from "@/ui/EmptyState";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import { Pills } from "@/ui/Pills";
import { useUndo } from "@/ui/undo";
import "@/rooms/customers/trash/trash.css";

interface TrashProps {
  filters: TrashFilters;
  onFilters: (filters: TrashFilters) => void;
}

const ICONS: Record<TrashItemKind, ReactNode> = {
  customer: <TeamOutlined />,
  contact: <IdcardOutlined />,
  follow_up: <EditOutlined />,
  purchase: <ShoppingOutlined />,
  problem: <WarningOutlined />,
  attachment: <PaperClipOutlined />,
};

/** 回收站: what was deleted in the last thirty days; one click brings it back. */
export function Trash({ filters, onFilters }: TrashProps) {
  const { t } = useLingui();
  const trash = useTrash(filters);
  const items = trash.data?.pages.flatMap((page) => page.items) ?? [];
  const kinds: { value: TrashItemKind | "all"; label: string }[] = [
    { value: "all", label: t`全部` },
    { value: "customer", label: t`客户` },
    { value: "contact", label: t`联系人` },
    { value: "follow_up", label: t`跟进` },
    { value: "purchase", label: t`购买记录` },
    { value: "problem", label: t`潜在问题` },
    { value: "attachment", label: t`附件` },
  ];
  return (
    <div className="trash">
      <Pills
        label={t`看哪些`}
        value={filters.kind ?? "all"}
        options={kinds}
        onChange={(kind) => onFilters(!kind || kind === "all" ? {} : { kind })}
      />
      {trash.isPending && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {trash.error && (
        <p role="alert" className="danger">
          {messageOf(trash.error)}{" "}
          <Button size="small" onClick={() => void trash.refetch()}>{t`再试一次`}</Button>
        </p>
      )}
      {trash.isSuccess && items.length === 0 && (
        <EmptyState icon={<DeleteOutlined />} title={t`回收站是空的`}>
          <Trans>删掉的客户、联系人、跟进和附件会在这里留 30 天，点一下就能恢复。</Trans>
        </EmptyState>
      )}
      {items.length > 0 && (
        <ul className="trash-list" aria-label={t`删掉的`}>
          {items.map((item) => (
            <TrashLine key={`${item.kind}${item.id}`} item={item} />
          ))}
        </ul>
      )}
      {trash.hasNextPage && (
        <MoreWhenSeen
          isLoading={trash.isFetchingNextPage}
          onSeen={() => {
            if (!trash.isFetchingNextPage) void trash.fetchNextPage();
          }}
        />
      )}
    </div>
  );
}

function TrashLine({ item }: { item: TrashItem }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const offerUndo = useUndo();
  const { restore, remove } = useRestoring();
  const kinds: Record<TrashItemKind, string> = {
    customer: t`客户`,
    contact: t`联系人`,
    follow_up: t`跟进`,
    purchase: t`购买记录`,
    problem: t`潜在问题`,
    attachment: t`附件`,
  };
  const name = item.name || kinds[item.kind];
  const bringBack = async () => {
    try {
      await restore(item);
    } catch (error) {
      message.error(messageOf(error));
      return;
    }
    offerUndo(t`恢复了：${short(name)}`, () => remove(item));
  };
  const who = item.deleted_by?.name ?? t`系统`;
  const when = momentText(item.deleted_at);
  return (
    <li>
      <span className="trash-icon" aria-hidden>
        {ICONS[item.kind]}
      </span>
      <div className="trash-what">
        <strong>{name}</strong>
        <small>
          {item.customer && item.kind !== "customer" && (
            <>
              <Link to="/customers/$id" params={{ id: String(item.customer.id) }}>
                {item.customer.name}
              </Link>
              {" · "}
            </>
          )}
          <Trans>
            {who} {when}删除
          </Trans>
        </small>
      </div>
      <DaysLeft until={item.restorable_until} />
      <Button
        icon={<UndoOutlined />}
        aria-label={t`恢复${short(name)}`}
        onClick={() => void bringBack()}
      >
        <Trans>恢复</Trans>
      </Button>
    </li>
  );
}

const SOON = 3;

/** How long it still waits; the last days stand out. */
function DaysLeft({ until }: { until: string }) {
  const days = Math.max(0, daysBetween(today(), dayOf(until)));
  return (
    <span className={`trash-left ${days <= SOON ? "is-soon" : ""}`}>
      {days === 0 ? <Trans>今天最后一天</Trans> : <Trans>还留 {days} 天</Trans>}
    </span>
  );
}

const LONGEST = 20;

function short(name: string): string {
  return name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name;
}
