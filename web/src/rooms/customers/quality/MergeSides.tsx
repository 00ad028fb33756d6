import { Trans, useLingui } from "@lingui/react/macro";
import type { MergePlan, MergeSide } from "@/api/generated/zhike.schemas";
import { dayOf } from "@/lib/days";
import { CalendarDay } from "@/ui/values";

/** Those to be merged, and which of them stays. */
export function MergeSides({
  plan,
  ids,
  onSurvivor,
}: {
  plan: MergePlan;
  ids: number[];
  onSurvivor: (id: number) => void;
}) {
  const { t } = useLingui();
  const sides = new Map([plan.survivor, ...plan.absorbed].map((side) => [side.id, side]));
  return (
    <div className="merge-sides" role="radiogroup" aria-label={t`保留哪一位`}>
      {ids.map((id) => {
        const side = sides.get(id);
        return (
          side && (
            <SideCard
              key={id}
              side={side}
              isKept={id === plan.survivor.id}
              onKeep={() => onSurvivor(id)}
            />
          )
        );
      })}
    </div>
  );
}

function SideCard({
  side,
  isKept,
  onKeep,
}: {
  side: MergeSide;
  isKept: boolean;
  onKeep: () => void;
}) {
  const { t } = useLingui();
  return (
    <label className={`merge-side ${isKept ? "is-kept" : ""}`}>
      <span className="merge-role">
        <input type="radio" name="survivor" checked={isKept} onChange={onKeep} />
        {isKept ? <Trans>保留</Trans> : <Trans>并入，不再单独出现</Trans>}
      </span>
      <strong>{side.name}</strong>
      <small>
        {side.code} · {side.owner?.name ?? t`公海`} · <CalendarDay day={dayOf(side.created_at)} />{" "}
        <Trans>录入</Trans>
      </small>
    </label>
  );
}
