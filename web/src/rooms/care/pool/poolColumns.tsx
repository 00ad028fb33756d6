import { useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { type MouseEvent, useMemo, useRef } from "react";
import { useFieldRights } from "@/api/fieldGroups";
import { useWords } from "@/api/fields";
import type { InPool } from "@/api/generated/zhike.schemas";
import { choiceLabel } from "@/ui/Chip";
import type { GridColumn } from "@/ui/grid/gridTypes";
import { Day } from "@/ui/values";

/** What one sees of somebody in the pool, and the button to take them. */
export function usePoolColumns(
  mayClaim: boolean,
  onClaim: (row: InPool) => void,
): GridColumn<InPool>[] {
  const { t } = useLingui();
  const fields = useFieldRights();
  const tiers = useWords("tier");
  // The columns stay the same ones while the list behind the button changes.
  const claim = useRef(onClaim);
  claim.current = onClaim;
  return useMemo<GridColumn<InPool>[]>(() => {
    const all: GridColumn<InPool>[] = [
      { id: "name", title: t`客户`, width: 220, primary: true, render: (row) => row.name },
      { id: "industry", title: t`行业`, width: 130, render: (row) => row.industry },
      { id: "region", title: t`地区`, width: 120, render: (row) => row.region },
      { id: "tier", title: t`分层`, width: 70, render: (row) => choiceLabel(row.tier, tiers) },
      {
        id: "last_follow_up_on",
        title: t`最近跟进`,
        width: 95,
        render: (row) => <Day day={row.last_follow_up_on} />,
      },
      {
        id: "came_on",
        title: t`进入公海`,
        width: 95,
        sort: "came_on",
        sortFirst: "down",
        render: (row) => <Day day={row.came_on} />,
      },
      {
        id: "why",
        title: t`怎么来的`,
        width: 260,
        render: (row) => <CameBy row={row} />,
      },
      {
        id: "claim",
        title: t`领取`,
        width: 180,
        render: (row) => <ClaimCell row={row} onClaim={() => claim.current(row)} />,
      },
    ];
    return all.filter(({ id }) =>
      id === "claim" ? mayClaim : ["name", "came_on", "why"].includes(id) || fields.shows(id),
    );
  }, [t, tiers, fields, mayClaim]);
}

/** Whose somebody in the pool was, and why they are there; the reason, which may be long, last. */
export function CameBy({ row }: { row: InPool }) {
  const { t } = useLingui();
  const whose = row.former ? t`原来归${row.former.name}` : "";
  const how = [whose, row.why].filter(Boolean).join(" · ");
  return <span title={how}>{how}</span>;
}

/** A second click of a double one is none: the next customer has moved under the pointer by then. */
export function once(claim: () => void): (event: MouseEvent) => void {
  return ({ detail }) => {
    if (detail <= 1) claim();
  };
}

function ClaimCell({ row, onClaim }: { row: InPool; onClaim: () => void }) {
  const { t } = useLingui();
  if (!row.claimable) {
    return (
      <span className="faint" title={row.why_not}>
        {row.why_not}
      </span>
    );
  }
  return (
    <Button
      size="small"
      className="claim-button"
      aria-label={t`领取${row.name}`}
      onClick={once(onClaim)}
    >
      {t`领取`}
    </Button>
  );
}
