import { InboxOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Skeleton } from "antd";
import { useState } from "react";
import { retryDelivery } from "@/api/generated/channels";
import type { DeliveryOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { momentText } from "@/lib/days";
import { useIsPhone } from "@/lib/screen";
import type { Channel } from "@/rooms/access/channels/channels";
import { channelKeys, useDeliveries } from "@/rooms/access/channels/queries";
import { Chip } from "@/ui/Chip";
import { EmptyState } from "@/ui/EmptyState";
import { Focused } from "@/ui/Focused";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import { Pills } from "@/ui/Pills";
import { Trouble } from "@/ui/Trouble";

interface DeliveriesProps {
  /** null: closed. */
  channel: Channel | null;
  onClose: () => void;
}

type State = "" | "failed" | "waiting" | "sent" | "dropped";

const COLOURS: Record<string, string> = {
  waiting: "amber",
  sent: "green",
  failed: "red",
  dropped: "grey",
};

/** 投递记录: what went through a channel and what did not; not what it says, which is not ours. */
export function Deliveries({ channel, onClose }: DeliveriesProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const [shown, setShown] = useState(channel);
  if (channel && channel !== shown) setShown(channel);
  const [state, setState] = useState<State>("");
  const list = useDeliveries(channel?.id ?? null, state);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const states: { value: State; label: string }[] = [
    { value: "", label: t`全部` },
    { value: "failed", label: t`失败` },
    { value: "waiting", label: t`等待` },
    { value: "sent", label: t`已发` },
    { value: "dropped", label: t`不再发` },
  ];
  return (
    <Drawer
      title={t`投递记录：${shown?.name ?? ""}`}
      open={channel !== null}
      onClose={onClose}
      placement={isPhone ? "bottom" : "right"}
      size={isPhone ? "92dvh" : 520}
      destroyOnHidden
    >
      <Focused>
        <Pills<State>
          label={t`看哪些`}
          value={state}
          options={states}
          onChange={(next) => setState(next ?? "")}
        />
        {list.error && items.length === 0 ? (
          <Trouble error={list.error} onRetry={() => void list.refetch()} />
        ) : list.isPending ? (
          <Skeleton active title={false} paragraph={{ rows: 6 }} />
        ) : items.length === 0 ? (
          <EmptyState
            icon={<InboxOutlined />}
            title={state === "failed" ? t`没有发失败的` : t`还没有发过什么`}
          >
            {state === "" && <Trans>有人的提醒要走这个渠道时，这里一条条看得到。</Trans>}
          </EmptyState>
        ) : (
          <ul className="deliveries" aria-label={t`投递记录`}>
            {items.map((one) => (
              <DeliveryLine key={one.id} one={one} channel={shown?.id ?? 0} />
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <MoreWhenSeen
            isLoading={list.isFetchingNextPage}
            onSeen={() => {
              if (!list.isFetchingNextPage) void list.fetchNextPage();
            }}
          />
        )}
      </Focused>
    </Drawer>
  );
}

function DeliveryLine({ one, channel }: { one: DeliveryOut; channel: number }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const again = async () => {
    setBusy(true);
    try {
      await retryDelivery(one.id);
      message.success(t`马上再发一次`);
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      setBusy(false);
      void cache.invalidateQueries({ queryKey: channelKeys.deliveries(channel) });
    }
  };
  const when = one.sent_at ?? one.told_at;
  const isWaiting = one.state === "waiting" && Date.parse(one.not_before) > Date.now();
  const then = momentText(one.not_before);
  const next = !isWaiting ? null : one.rests ? t`免打扰，${then} 发` : t`下次：${then}`;
  const tries = one.attempts > 1 ? t`试过 ${one.attempts} 次` : null;
  const mayRetry = one.state === "failed" || one.state === "dropped";
  return (
    <li>
      <span className="settings-who">
        <strong>
          {one.person.name}
          <span className="soft"> · {one.kind_label}</span>
        </strong>
        <small>{[momentText(when), tries, next].filter(Boolean).join(" · ")}</small>
        {one.trouble && <span className="danger channel-told">{one.trouble}</span>}
      </span>
      <Chip color={COLOURS[one.state]}>{one.state_label}</Chip>
      {mayRetry && (
        <Button
          size="small"
          type="text"
          loading={isBusy}
          onClick={() => void again()}
          aria-label={t`重发给${one.person.name}`}
        >
          {t`重发`}
        </Button>
      )}
    </li>
  );
}
