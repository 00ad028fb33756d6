import {
  DingtalkOutlined,
  MailOutlined,
  MessageOutlined,
  NotificationOutlined,
  PlusOutlined,
  WechatWorkOutlined,
} from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Dropdown, Skeleton } from "antd";
import { type ReactNode, useState } from "react";
import { ChannelDrawer } from "@/rooms/access/channels/ChannelDrawer";
import { ChannelLine } from "@/rooms/access/channels/ChannelLine";
import {
  CHANNEL_KINDS,
  type Channel,
  type ChannelKind,
  kindName,
} from "@/rooms/access/channels/channels";
import { Deliveries } from "@/rooms/access/channels/Deliveries";
import { useChannels } from "@/rooms/access/channels/queries";
import { EmptyState } from "@/ui/EmptyState";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/access/channels/channels.css";

const ICONS: Record<ChannelKind, ReactNode> = {
  mail: <MailOutlined />,
  wecom: <WechatWorkOutlined />,
  dingtalk: <DingtalkOutlined />,
  feishu: <MessageOutlined />,
};

/** 通知渠道: the doors by which notices leave the house, for whoever sets them up. */
export function Channels() {
  const { t } = useLingui();
  const { data, error, refetch } = useChannels();
  const [edited, setEdited] = useState<Channel | ChannelKind | null>(null);
  // Each opening is a form of its own.
  const [times, setTimes] = useState(0);
  const [looked, setLooked] = useState<Channel | null>(null);
  const open = (which: Channel | ChannelKind) => {
    setTimes(times + 1);
    setEdited(which);
  };
  const items = data?.items ?? [];
  return (
    <>
      <SettingsPart
        title={t`通知渠道`}
        note={t`让提醒到邮箱和群里去。消息里只有名字，没有号码；每个人可以在“我的通知”里挑收哪些。`}
        action={
          items.length > 0 && (
            <Dropdown
              trigger={["click"]}
              menu={{
                items: CHANNEL_KINDS.map((kind) => ({
                  key: kind,
                  icon: ICONS[kind],
                  label: kindName(kind),
                })),
                onClick: ({ key }) => open(key as ChannelKind),
              }}
            >
              <Button icon={<PlusOutlined />}>{t`加一个渠道`}</Button>
            </Dropdown>
          )
        }
      >
        {error && !data ? (
          <Trouble error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <Skeleton active />
        ) : items.length === 0 ? (
          <EmptyState
            icon={<NotificationOutlined />}
            title={t`提醒现在只在铃铛里`}
            action={CHANNEL_KINDS.map((kind) => (
              <Button key={kind} icon={ICONS[kind]} onClick={() => open(kind)}>
                {kindName(kind)}
              </Button>
            ))}
          >
            <Trans>接上公司邮箱或群机器人，不开着网页也收得到。先从哪个开始？</Trans>
          </EmptyState>
        ) : (
          <ul className="settings-list" aria-label={t`通知渠道`}>
            {items.map((channel) => (
              <ChannelLine
                key={channel.id}
                channel={channel}
                icon={ICONS[channel.kind as ChannelKind]}
                onEdit={() => open(channel)}
                onLook={() => setLooked(channel)}
              />
            ))}
          </ul>
        )}
      </SettingsPart>
      <ChannelDrawer
        key={times}
        of={edited}
        taken={items.map(({ name }) => name)}
        onClose={() => setEdited(null)}
      />
      <Deliveries channel={looked} onClose={() => setLooked(null)} />
    </>
  );
}
