import { CheckCircleOutlined, EyeOutlined, SwapOutlined, UserAddOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { StoryItem } from "@/api/generated/zhike.schemas";
import { timeText } from "@/lib/days";
import { Change, Changes } from "@/rooms/trail/Changes";
import { Line } from "@/rooms/trail/parts";
import { changesOf, isTurn } from "@/rooms/trail/story";

const NOTE_ICONS: Record<string, ReactNode> = {
  task: <CheckCircleOutlined />,
  reveal: <EyeOutlined />,
  created: <UserAddOutlined />,
  change: <SwapOutlined />,
};

/** What the system noted by itself: smaller, quieter. */
export function NoteLine({ item, looks }: { item: StoryItem; looks: string[] }) {
  const name = item.actor?.name ?? "";
  return (
    <Line icon={NOTE_ICONS[item.kind]} kind="note" isTurn={isTurn(item)}>
      <div className="story-note">
        <span>
          <Note item={item} name={name} looks={looks} />
        </span>
        <time className="faint number" dateTime={item.at}>
          {timeText(item.at)}
        </time>
      </div>
      {item.kind === "change" && <Changes item={item} />}
    </Line>
  );
}

function Note({ item, name, looks }: { item: StoryItem; name: string; looks: string[] }) {
  const { t } = useLingui();
  const who = name || t`系统`;
  const contact = String(item.detail.name ?? "");
  const reason = String(item.detail.reason ?? "");
  const access = Array.isArray(item.detail.access) ? item.detail.access.map(String) : ["", ""];
  const note = String(item.detail.note ?? "");
  const changes = changesOf(item);
  const only = changes.length === 1 ? changes[0] : undefined;
  switch (item.verb) {
    case "task.done":
      return (
        <Trans>
          {who}完成了{item.title}
          {item.body && `：${item.body}`}
        </Trans>
      );
    case "value.revealed":
      return (
        <Trans>
          {who}看了{looks.join("、")}
          {reason && `（${reason}）`}
        </Trans>
      );
    case "customer.shared":
      return access[0] ? (
        <Trans>
          {who}把 {contact} 的协作改成{access[1]}
        </Trans>
      ) : (
        <Trans>
          {who}请 {contact} 协作，{access[1]}
        </Trans>
      );
    case "customer.unshared":
      return (
        <Trans>
          {who}不再和 {contact} 共享
        </Trans>
      );
    case "customer.created":
      return item.detail.import ? (
        <Trans>{who}导入了这位客户</Trans>
      ) : (
        <Trans>{who}记下了这位客户</Trans>
      );
    case "customer.deleted":
      return <Trans>{who}删除了这位客户</Trans>;
    case "customer.restored":
      return <Trans>{who}恢复了这位客户</Trans>;
    case "contact.added":
      return (
        <Trans>
          {who}加了联系人 {contact}
        </Trans>
      );
    case "contact.removed":
      return (
        <Trans>
          {who}移除了联系人 {contact}
        </Trans>
      );
    case "contact.changed":
      return only ? (
        <Trans>
          {who}给联系人 {contact} <Change change={only} />
        </Trans>
      ) : (
        <Trans>
          {who}改了联系人 {contact}
        </Trans>
      );
    default:
      return only ? (
        <>
          {who}
          <Change change={only} />
          {note && <span className="faint">（{note}）</span>}
        </>
      ) : (
        <Trans>{who}改了资料</Trans>
      );
  }
}
