import { Trans } from "@lingui/react/macro";
import type { StoryItem } from "@/api/generated/zhike.schemas";
import { changesOf, type FieldChange, listDifference, valueText } from "@/rooms/trail/story";

const SHOWN = 60;

/** What was changed, one line a field, where there are several. */
export function Changes({ item }: { item: StoryItem }) {
  const changes = changesOf(item);
  if (changes.length < 2) return null;
  return (
    <ul className="story-changes">
      {changes.map((change) => (
        <li key={change.field}>
          <Change change={change} />
        </li>
      ))}
    </ul>
  );
}

/** One change: 把“客户类型”从 潜在客户 改为 新客户. */
export function Change({ change }: { change: FieldChange }) {
  const { label } = change;
  const lists = listDifference(change);
  if (lists) {
    return (
      <>
        {lists.added.length > 0 && (
          <Trans>
            加了{label} <Value value={lists.added} />
          </Trans>
        )}
        {lists.added.length > 0 && lists.removed.length > 0 && "，"}
        {lists.removed.length > 0 && (
          <Trans>
            去掉了{label} <Value value={lists.removed} />
          </Trans>
        )}
      </>
    );
  }
  if (change.field === "owner" && change.new === "") {
    return (
      <Trans>
        放回公海，原来由 <Value value={change.old} /> 负责
      </Trans>
    );
  }
  if (change.field === "owner" && change.old === "") {
    return (
      <Trans>
        交给 <Value value={change.new} /> 负责
      </Trans>
    );
  }
  if (change.old === "") {
    return (
      <Trans>
        填写“{label}” <Value value={change.new} />
      </Trans>
    );
  }
  if (change.new === "") {
    return (
      <Trans>
        清空“{label}”，原来是 <Value value={change.old} />
      </Trans>
    );
  }
  return (
    <Trans>
      把“{label}”从 <Value value={change.old} /> 改为 <Value value={change.new} />
    </Trans>
  );
}

function Value({ value }: { value: string | string[] }) {
  const text = valueText(value);
  const isLong = text.length > SHOWN;
  return <b title={isLong ? text : undefined}>{isLong ? `${text.slice(0, SHOWN)}…` : text}</b>;
}
