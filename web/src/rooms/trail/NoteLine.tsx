import {
  CheckCircleOutlined,
  CheckSquareOutlined,
  EyeOutlined,
  GlobalOutlined,
  SwapOutlined,
  UserAddOutlined,
} from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { StoryItem } from "@/api/generated/zhike.schemas";
import { calendarText, timeText } from "@/lib/days";
import { Change, Changes } from "@/rooms/trail/Changes";
import { Line } from "@/rooms/trail/parts";
import { changesOf, isTurn } from "@/rooms/trail/story";

const NOTE_ICONS: Record<string, ReactNode> = {
  task: <CheckCircleOutlined />,
  reveal: <EyeOutlined />,
  created: <UserAddOutlined />,
  change: <SwapOutlined />,
  checklist: <CheckSquareOutlined />,
};

/** Into the pool and out of it. */
const POOL: ReadonlySet<string> = new Set([
  "customer.fell_to_pool",
  "customer.given_back",
  "customer.claimed",
]);

/** Their changes stand where they were asked for, or made. */
const RETOLD: ReadonlySet<string> = new Set([
  "review.decided",
  "review.withdrawn",
  "customer.paused",
  "customer.archived",
  "customer.resumed",
]);

/** What the system noted by itself: smaller, quieter. */
export function NoteLine({ item, looks }: { item: StoryItem; looks: string[] }) {
  const name = item.actor?.name ?? "";
  return (
    <Line
      icon={POOL.has(item.verb) ? <GlobalOutlined /> : NOTE_ICONS[item.kind]}
      kind="note"
      isTurn={isTurn(item)}
    >
      <div className="story-note">
        <span>
          <Note item={item} name={name} looks={looks} />
        </span>
        <time className="faint number" dateTime={item.at}>
          {timeText(item.at)}
        </time>
      </div>
      {item.kind === "change" && !RETOLD.has(item.verb) && <Changes item={item} />}
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
  if (POOL.has(item.verb)) return <PoolNote item={item} who={who} />;
  switch (item.verb) {
    case "review.asked":
    case "review.withdrawn":
    case "review.decided":
      return <ReviewNote item={item} who={who} />;
    case "task.done":
      return (
        <Trans>
          {who}完成了{item.title}
          {item.body && `：${item.body}`}
        </Trans>
      );
    case "checklist.completed":
      return (
        <Trans>
          {who}做完了{item.title}的清单：<b>{item.body}</b>
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
    case "customer.merged":
      return (
        <Trans>
          {who}把 <b>{String(item.detail.names ?? "")}</b> 合并了进来
        </Trans>
      );
    case "customer.unmerged":
      return (
        <Trans>
          {who}撤销了合并，和 <b>{String(item.detail.names ?? "")}</b> 重新分开
        </Trans>
      );
    case "customer.paused":
    case "customer.archived":
    case "customer.resumed":
    case "customer.look_again":
      return <LifeNote item={item} who={who} />;
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

/** Into the pool or out of it: by whom, why, and whose it was. */
function PoolNote({ item, who }: { item: StoryItem; who: string }) {
  const { t } = useLingui();
  const owner = changesOf(item).find(({ field }) => field === "owner");
  const before = owner ? String(owner.old) : "";
  // What somebody wrote stands last: it may end in a stop of its own.
  const why = [before && t`原来由${before}负责`, String(item.detail.reason ?? "")]
    .filter(Boolean)
    .join("，");
  return (
    <>
      {item.verb === "customer.fell_to_pool" && <Trans>系统把这位客户收回了公海</Trans>}
      {item.verb === "customer.given_back" && <Trans>{who}把这位客户放回了公海</Trans>}
      {item.verb === "customer.claimed" && <Trans>{who}从公海领取了这位客户</Trans>}
      {why && <span className="faint">（{why}）</span>}
    </>
  );
}

/** The customer was put aside, or taken up again: why, and until when. */
function LifeNote({ item, who }: { item: StoryItem; who: string }) {
  const { t } = useLingui();
  const { detail } = item;
  const day = String(detail.look_again_on ?? "");
  const why = [detail.reason, day && t`${calendarText(day)}再看`, detail.note]
    .filter(Boolean)
    .join("，");
  return (
    <>
      {item.verb === "customer.paused" && <Trans>{who}暂停了跟进</Trans>}
      {item.verb === "customer.archived" && <Trans>{who}把这位客户归档了</Trans>}
      {item.verb === "customer.resumed" && <Trans>{who}恢复了跟进</Trans>}
      {item.verb === "customer.look_again" && <Trans>到了再看一眼的日子</Trans>}
      {why && item.verb !== "customer.look_again" && <span className="faint">（{why}）</span>}
    </>
  );
}

/** What was asked, taken back or decided; the change itself is told where it was made. */
function ReviewNote({ item, who }: { item: StoryItem; who: string }) {
  const changes = changesOf(item);
  const only = changes.length === 1 ? changes[0] : undefined;
  const labels = changes.map((change) => change.label).join("、");
  const isNew = item.detail.kind === "new";
  const asker = String(item.detail.asked_by ?? "");
  const note = String(item.detail.note ?? "");
  if (item.verb === "review.asked") {
    if (isNew) return <Trans>{who}提交了这位新客户，等待审核</Trans>;
    return only ? (
      <Trans>
        {who}提交修改：
        <Change change={only} />
        ，等待审核
      </Trans>
    ) : (
      <Trans>
        {who}提交了{labels}的修改，等待审核
      </Trans>
    );
  }
  if (item.verb === "review.withdrawn") {
    return (
      <Trans>
        {asker}提交的{labels}不用审核了
      </Trans>
    );
  }
  const isApproved = item.detail.state === "approved";
  return (
    <>
      {isNew && isApproved && (
        <Trans>
          {who}审核通过了{asker}录的这位客户
        </Trans>
      )}
      {isNew && !isApproved && (
        <Trans>
          {who}没有通过{asker}录的这位客户
        </Trans>
      )}
      {!isNew && isApproved && (
        <Trans>
          {who}审核通过了{asker}提交的{labels}
        </Trans>
      )}
      {!isNew && !isApproved && (
        <Trans>
          {who}没有通过{asker}提交的{labels}
        </Trans>
      )}
      {note && <span className="faint">（{note}）</span>}
    </>
  );
}
