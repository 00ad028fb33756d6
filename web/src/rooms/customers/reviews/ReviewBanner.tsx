import { ClockCircleOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { App, Button } from "antd";
import { useState } from "react";
import type { CustomerOut, ReviewOut } from "@/api/generated/zhike.schemas";
import { useMe } from "@/api/queries";
import { momentText } from "@/lib/days";
import type { CustomerChange } from "@/rooms/customers/queries";
import type { SaveField } from "@/rooms/customers/record/record";
import { ReviewChanges } from "@/rooms/customers/reviews/ReviewChanges";
import { ReviewDecision } from "@/rooms/customers/reviews/ReviewDecision";
import "@/rooms/customers/reviews/reviews.css";

interface ReviewBannerProps {
  customer: CustomerOut;
  save: SaveField;
}

/** What of this customer waits for review: calm, with old and new, and the decision for who may. */
export function ReviewBanner({ customer, save }: ReviewBannerProps) {
  const { t } = useLingui();
  const waiting = customer.pending_reviews;
  if (waiting.length === 0) return null;
  return (
    <section className="review-banner" aria-label={t`等待审核`}>
      {waiting.map((review) => (
        <Waiting key={review.id} review={review} customer={customer} save={save} />
      ))}
    </section>
  );
}

function Waiting({ review, customer, save }: ReviewBannerProps & { review: ReviewOut }) {
  const { t } = useLingui();
  const me = useMe();
  const { message } = App.useApp();
  const [isRejecting, setRejecting] = useState(false);
  const isNew = review.kind === "new";
  const count = review.changes.length + review.left_out;
  const who = review.asked_by.name;
  const when = momentText(review.asked_at);
  const isMine = review.asked_by.id === me.id;
  const takeBack = async () => {
    const sentence = await save(asStored(customer, review), {});
    if (sentence) message.error(sentence);
    else message.success(t`撤回了，资料保持原样`);
  };
  return (
    <div className="review-waiting">
      <p className="review-line">
        <ClockCircleOutlined aria-hidden />
        <strong>
          {isNew ? (
            <Trans>新客户，等待审核</Trans>
          ) : (
            <Plural value={count} one="# 项修改等待审核" other="# 项修改等待审核" />
          )}
        </strong>
        <span className="soft">
          <Trans>
            {who} · {when}提交
          </Trans>
        </span>
        {isMine && !isNew && !review.can_decide && customer.can.edit && (
          <Button size="small" type="link" onClick={() => void takeBack()}>
            <Trans>撤回</Trans>
          </Button>
        )}
      </p>
      {!isNew && <ReviewChanges review={review} />}
      {review.can_decide && (
        <ReviewDecision review={review} isRejecting={isRejecting} onRejecting={setRejecting} />
      )}
    </div>
  );
}

/** Wishing for what is stored takes back what waits. */
function asStored(customer: CustomerOut, review: ReviewOut): CustomerChange {
  const stored = customer as unknown as Record<string, unknown>;
  return Object.fromEntries(review.changes.map(({ field }) => [field, stored[field]]));
}
