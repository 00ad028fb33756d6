import { AuditOutlined, RightOutlined } from "@ant-design/icons";
import { Plural } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useReviewsWaiting } from "@/api/queries";
import "@/rooms/customers/reviews/reviews.css";

/** One line on the page of the day: what waits for a decision. */
export function ReviewsLine() {
  const { pending } = useReviewsWaiting();
  if (pending === 0) return null;
  return (
    <Link to="/reviews" className="reviews-line">
      <AuditOutlined aria-hidden />
      <span>
        <Plural value={pending} one="有 # 条待你审核" other="有 # 条待你审核" />
      </span>
      <RightOutlined className="faint" aria-hidden />
    </Link>
  );
}
