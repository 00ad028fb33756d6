import { Trans, useLingui } from "@lingui/react/macro";
import type { ClaimLimits } from "@/api/generated/zhike.schemas";
import { countText } from "@/lib/money";
import { roomLeft } from "@/rooms/care/pool/claiming";

/** How much one took today and holds, of what one may: 今天领了 3 / 10，负责 120 / 200. */
export function ClaimLimitsLine({ limits }: { limits: ClaimLimits }) {
  const { t } = useLingui();
  const { held, capacity, claimed_today: claimed, claims_per_day: perDay } = limits;
  const isFull = roomLeft(limits) === 0;
  return (
    <span className={`claim-limits ${isFull ? "is-full" : ""}`} role="status">
      <span>
        {t`今天领了`}{" "}
        <strong className="number">
          {claimed} / {perDay}
        </strong>
      </span>
      <span>
        {t`负责`}{" "}
        <strong className="number">
          {capacity > 0 ? `${countText(held)} / ${countText(capacity)}` : countText(held)}
        </strong>
      </span>
      {isFull && (
        <span className="claim-full">
          {capacity > 0 && held >= capacity ? (
            <Trans>名下客户满了，放掉几位才能再领</Trans>
          ) : (
            <Trans>今天的领完了，明天再来</Trans>
          )}
        </span>
      )}
    </span>
  );
}
