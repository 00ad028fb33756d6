import { HistoryOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Skeleton } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import type { StoryItem } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useStory } from "@/rooms/trail/queries";
import { StoryLine } from "@/rooms/trail/StoryLine";
import { byDay, type StoryKind, storyDayText } from "@/rooms/trail/story";
import { EmptyState } from "@/ui/EmptyState";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import { Pills } from "@/ui/Pills";
import "@/rooms/trail/trail.css";

interface StoryProps {
  customer: number;
  /** Stands above the story: what is not saved yet. */
  before?: ReactNode;
  /** Nothing can be written here by this person. */
  isReadOnly?: boolean;
  /** What else there is to a follow-up: its files, how it was corrected. */
  below?: (item: StoryItem) => ReactNode;
  mayEdit: (item: StoryItem) => boolean;
  onEdit: (item: StoryItem) => void;
  onDelete: (item: StoryItem) => void;
}

/** The story of a customer, newest first. Older pages come as one scrolls. */
export function Story({ customer, before, isReadOnly = false, ...tools }: StoryProps) {
  const { t } = useLingui();
  const [kind, setKind] = useState<StoryKind | null>(null);
  const story = useStory(customer, kind);
  const days = useMemo(
    () => byDay(story.data?.pages.flatMap((page) => page.items) ?? []),
    [story.data],
  );
  const kinds: { value: StoryKind | "all"; label: string }[] = [
    { value: "all", label: t`全部` },
    { value: "follow_up", label: t`跟进` },
    { value: "care", label: t`维护` },
    { value: "feedback", label: t`反馈` },
    { value: "task", label: t`待办` },
    { value: "change", label: t`资料变动` },
    { value: "reveal", label: t`查看号码` },
  ];
  return (
    <section className="story" aria-label={t`动态`}>
      <div className="story-kinds">
        <Pills
          label={t`看哪些`}
          value={kind ?? "all"}
          options={kinds}
          onChange={(value) => setKind(value === "all" ? null : value)}
        />
      </div>
      {before}
      {story.isPending && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {story.error && (
        <p role="alert" className="danger">
          {messageOf(story.error)}{" "}
          <Button size="small" onClick={() => story.refetch()}>
            <Trans>再试一次</Trans>
          </Button>
        </p>
      )}
      {story.isSuccess && days.length === 0 && (
        <NothingYet isFiltered={kind !== null} isReadOnly={isReadOnly} />
      )}
      {days.map(({ day, items }) => (
        <section key={day} className="story-day" aria-label={storyDayText(day)}>
          <h3>
            <time dateTime={day}>{storyDayText(day)}</time>
          </h3>
          <ol>
            {items.map(({ item, looks }) => (
              <StoryLine key={item.id} item={item} looks={looks} {...tools} />
            ))}
          </ol>
        </section>
      ))}
      {story.hasNextPage && (
        <MoreWhenSeen
          isLoading={story.isFetchingNextPage}
          onSeen={() => {
            if (!story.isFetchingNextPage) void story.fetchNextPage();
          }}
        />
      )}
    </section>
  );
}

function NothingYet({ isFiltered, isReadOnly }: { isFiltered: boolean; isReadOnly: boolean }) {
  const { t } = useLingui();
  if (isFiltered) return <p className="soft">{t`这一类还没有记录。`}</p>;
  return (
    <EmptyState icon={<HistoryOutlined />} title={t`故事从第一次联系开始`}>
      {isReadOnly ? (
        <Trans>这位客户的跟进和变动，会一条条列在这里。</Trans>
      ) : (
        <Trans>在上面写一句刚聊了什么，它就会出现在这里。</Trans>
      )}
    </EmptyState>
  );
}
