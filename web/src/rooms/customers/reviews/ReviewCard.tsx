import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useState } from "react";
import type { ReviewOut } from "@/api/generated/zhike.schemas";
import { momentText } from "@/lib/days";
import { ReviewChanges } from "@/rooms/customers/reviews/ReviewChanges";
import { ReviewDecision, useApproving } from "@/rooms/customers/reviews/ReviewDecision";
import { Chip, type ChipColour } from "@/ui/Chip";

interface ReviewCardProps {
  review: ReviewOut;
  /** Tell in which state it is: where not all are waiting. */
  showsState: boolean;
}

/** One thing that waits or was decided. Arrow keys go from card to card, Y approves, N asks why not. */
export function ReviewCard({ review, showsState }: ReviewCardProps) {
  const { t } = useLingui();
  const [isRejecting, setRejecting] = useState(false);
  const approve = useApproving();
  const { customer } = review;
  const who = review.asked_by.name;
  const when = momentText(review.asked_at);
  const isNew = review.kind === "new";
  const kind = isNew
    ? t({ message: "新客户", context: "review" })
    : t({ message: "修改", context: "review" });
  const goOn = () => focusNext(document.activeElement);
  const onKeyDown = (event: KeyboardEvent<HTMLLIElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === "arrowdown") step(event.currentTarget, 1);
    else if (key === "arrowup") step(event.currentTarget, -1);
    else if (key === "y" && review.can_decide) {
      step(event.currentTarget, 1);
      void approve(review);
    } else if (key === "n" && review.can_decide) setRejecting(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: one goes through the cards with the arrow keys
    <li className="review-card" tabIndex={0} onKeyDown={onKeyDown} aria-label={customer.name}>
      <header>
        <Chip color={isNew ? "teal" : "blue"}>{kind}</Chip>
        <strong>
          {customer.deleted ? (
            customer.name
          ) : (
            <Link to="/customers/$id" params={{ id: String(customer.id) }}>
              {customer.name}
            </Link>
          )}
        </strong>
        <span className="review-code faint number">{customer.code}</span>
        {showsState && <State review={review} />}
      </header>
      <p className="review-who soft">
        <Trans>
          {who} · {when}提交
        </Trans>
      </p>
      <ReviewChanges review={review} />
      <Verdict review={review} />
      {review.can_decide && (
        <ReviewDecision
          review={review}
          isRejecting={isRejecting}
          onRejecting={setRejecting}
          onDecided={goOn}
        />
      )}
    </li>
  );
}

function Verdict({ review }: { review: ReviewOut }) {
  if (!review.decided_by || !review.decided_at) return null;
  const who = review.decided_by.name;
  const when = momentText(review.decided_at);
  return (
    <p className="review-verdict soft">
      <Trans>
        {who} · {when}审核
      </Trans>
      {review.note && <span className="review-note">{review.note}</span>}
    </p>
  );
}

function State({ review }: { review: ReviewOut }) {
  const { t } = useLingui();
  const states: Record<string, [string, ChipColour]> = {
    pending: [t`待审核`, "amber"],
    approved: [t`已通过`, "green"],
    rejected: [t`未通过`, "red"],
  };
  const [label, color] = states[review.state] ?? ["", "grey"];
  return (
    <span className="review-state">
      <Chip color={color}>{label}</Chip>
    </span>
  );
}

/** The focus goes to the card after the one that is about to leave. */
function focusNext(inside: Element | null): void {
  const card = inside?.closest<HTMLElement>(".review-card");
  if (card) step(card, 1);
}

function step(card: HTMLElement, by: 1 | -1): void {
  const next = by === 1 ? card.nextElementSibling : card.previousElementSibling;
  const other = by === 1 ? card.previousElementSibling : null;
  for (const one of [next, other]) {
    if (!(one instanceof HTMLElement)) continue;
    one.focus();
    one.scrollIntoView({ block: "nearest" });
    return;
  }
}
