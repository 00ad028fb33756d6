import { AuditOutlined, CheckCircleOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Skeleton } from "antd";
import { useReviewsWaiting } from "@/api/queries";
import { useRights } from "@/api/rights";
import { useIsPhone } from "@/lib/screen";
import { ReviewCard } from "@/rooms/customers/reviews/ReviewCard";
import type { ReviewView } from "@/rooms/customers/reviews/reviewFilters";
import { useReviews } from "@/rooms/customers/reviews/reviews";
import { EmptyState } from "@/ui/EmptyState";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import { Pills } from "@/ui/Pills";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/customers/reviews/reviews.css";

interface ReviewsProps {
  view: ReviewView | undefined;
  onView: (view: ReviewView) => void;
}

/** 审核: what waits for a decision, what one asked for oneself, and what was decided. */
export function Reviews({ view: asked, onView }: ReviewsProps) {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const mayReview = useRights().may("review");
  const view = mayReview ? (asked ?? "waiting") : "mine";
  const counts = useReviewsWaiting();
  const found = useReviews(view);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const views: { value: ReviewView; label: string }[] = [
    { value: "waiting", label: withCount(t`待我审核`, counts.pending) },
    { value: "mine", label: withCount(t`我提交的`, counts.mine) },
    { value: "decided", label: t`处理过的` },
  ];
  return (
    <div className="reviews">
      {mayReview && (
        <div className="reviews-views">
          <Pills
            label={t`看哪些`}
            value={view}
            options={views}
            onChange={(next) => next && onView(next)}
          />
          {view === "waiting" && items.length > 0 && !isPhone && (
            <span className="faint reviews-keys">
              <Trans>
                <kbd>↑</kbd> <kbd>↓</kbd> 上下一条，<kbd>Y</kbd> 通过，<kbd>N</kbd> 不通过
              </Trans>
            </span>
          )}
        </div>
      )}
      {found.isPending && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {found.error && <Trouble error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && items.length === 0 && <Nothing view={view} />}
      {items.length > 0 && (
        <ul className="review-list" aria-label={t`审核`}>
          {items.map((review) => (
            <ReviewCard key={review.id} review={review} showsState={view !== "waiting"} />
          ))}
        </ul>
      )}
      {found.hasNextPage && (
        <MoreWhenSeen
          isLoading={found.isFetchingNextPage}
          onSeen={() => {
            if (!found.isFetchingNextPage) void found.fetchNextPage();
          }}
        />
      )}
    </div>
  );
}

function withCount(label: string, count: number): string {
  return count > 0 ? `${label} ${count}` : label;
}

function Nothing({ view }: { view: ReviewView }) {
  const { t } = useLingui();
  if (view === "waiting") {
    return (
      <EmptyState icon={<CheckCircleOutlined />} title={t`都审完了，歇口气`}>
        <Trans>同事新录的客户、改动的重要资料，会在这里等你看一眼。</Trans>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<AuditOutlined />}
      title={view === "mine" ? t`你还没有要审核的` : t`还没有处理过的`}
    >
      {view === "mine" ? (
        <Trans>你录的新客户、改的重要资料，要审核的会列在这里，结果和原因也在这里看。</Trans>
      ) : (
        <Trans>审过的会留在这里，谁审的、为什么，都查得到。</Trans>
      )}
    </EmptyState>
  );
}
