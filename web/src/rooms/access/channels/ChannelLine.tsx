import { CheckCircleFilled, MoreOutlined, SendOutlined, WarningFilled } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown } from "antd";
import { type ReactNode, useState } from "react";
import { changeChannel, removeChannel, tryChannel } from "@/api/generated/channels";
import type { TrialOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { momentText } from "@/lib/days";
import { type Channel, healthOf } from "@/rooms/access/channels/channels";
import { refreshChannels } from "@/rooms/access/channels/queries";
import { Chip } from "@/ui/Chip";

interface ChannelLineProps {
  channel: Channel;
  icon: ReactNode;
  onEdit: () => void;
  onLook: () => void;
}

/** One channel: where it leads, how it is doing, and a try. */
export function ChannelLine({ channel, icon, onEdit, onLook }: ChannelLineProps) {
  const { t } = useLingui();
  const { message, modal } = App.useApp();
  const cache = useQueryClient();
  const [isTrying, setTrying] = useState(false);
  const [trial, setTrial] = useState<TrialOut | null>(null);
  const attempt = async () => {
    setTrying(true);
    setTrial(null);
    try {
      setTrial(await tryChannel(channel.id));
    } catch (error) {
      setTrial({ ok: false, trouble: messageOf(error) });
    } finally {
      setTrying(false);
      void refreshChannels(cache);
    }
  };
  const run = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      message.success(done);
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      void refreshChannels(cache);
    }
  };
  const turn = () =>
    run(
      () => changeChannel(channel.id, { version: channel.version, is_on: !channel.is_on }),
      channel.is_on ? t`停用了，提醒不再走这里` : t`启用了`,
    );
  const askToRemove = () =>
    modal.confirm({
      title: t`删掉“${channel.name}”？`,
      content: t`还没发出去的也一起取消。想暂时不用，可以改成停用。`,
      okText: t`删掉`,
      okButtonProps: { danger: true },
      cancelText: t`不删`,
      onOk: () => run(() => removeChannel(channel.id), t`删掉了`),
    });
  const place = channel.settings ? channel.settings.host : channel.address;
  const whom = channel.kind === "mail" ? t`所有人` : (channel.department?.name ?? t`全公司`);
  const worked = channel.worked_at ? t`发成过：${momentText(channel.worked_at)}` : null;
  return (
    <li className={`channel ${channel.is_on ? "" : "is-closed"}`}>
      <span className="channel-icon" aria-hidden>
        {icon}
      </span>
      <span className="settings-who">
        <strong>
          {channel.name} <HealthChip channel={channel} />
        </strong>
        <small title={place}>
          {[channel.kind_label, whom, place, worked].filter(Boolean).join(" · ")}
        </small>
        {channel.trouble && !trial && (
          <span className="danger channel-told">{channel.trouble}</span>
        )}
        {trial && (
          <span className={`channel-told ${trial.ok ? "is-fine" : "danger"}`} role="status">
            {trial.ok ? <CheckCircleFilled /> : <WarningFilled />}{" "}
            {!trial.ok
              ? trial.trouble
              : channel.kind === "mail"
                ? t`发出去了，去你的邮箱看看`
                : t`发出去了，去群里看看`}
          </span>
        )}
      </span>
      <Button
        size="small"
        icon={<SendOutlined />}
        loading={isTrying}
        onClick={() => void attempt()}
        aria-label={t`试发：${channel.name}`}
      >
        {isTrying ? t`正在发` : t`试发`}
      </Button>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "edit", label: t`改设置` },
            { key: "look", label: t`投递记录` },
            { key: "turn", label: channel.is_on ? t`停用` : t`启用` },
            { type: "divider" },
            { key: "remove", label: t`删掉`, danger: true },
          ],
          onClick: ({ key }) => {
            if (key === "edit") onEdit();
            else if (key === "look") onLook();
            else if (key === "turn") void turn();
            else askToRemove();
          },
        }}
      >
        <Button
          size="small"
          type="text"
          icon={<MoreOutlined />}
          aria-label={t`${channel.name}的更多操作`}
        />
      </Dropdown>
    </li>
  );
}

function HealthChip({ channel }: { channel: Channel }) {
  const { t } = useLingui();
  switch (healthOf(channel)) {
    case "off":
      return <Chip>{t`停用`}</Chip>;
    case "trouble":
      return <Chip color="red">{t`发不出去`}</Chip>;
    case "untried":
      return <Chip color="amber">{t`还没发过`}</Chip>;
    case "fine":
      return <Chip color="green">{t`正常`}</Chip>;
  }
}
