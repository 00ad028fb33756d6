import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import type { InPool } from "@/api/generated/zhike.schemas";
import { CameBy, once } from "@/rooms/care/pool/poolColumns";
import type { usePool } from "@/rooms/care/pool/queries";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import { Trouble } from "@/ui/Trouble";
import { Day } from "@/ui/values";

interface PoolCardsProps {
  rows: InPool[];
  list: ReturnType<typeof usePool>;
  empty: ReactNode;
  onOpen: (id: number) => void;
  /** Absent for those who may not. */
  onClaim: ((row: InPool) => void) | undefined;
}

/** The pool on the phone: a card for each, with the button under the thumb. */
export function PoolCards({ rows, list, empty, onOpen, onClaim }: PoolCardsProps) {
  const { t } = useLingui();
  if (list.isPending) return <Skeleton active className="pool-loading" />;
  if (list.error && rows.length === 0) {
    return <Trouble error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (rows.length === 0) return <>{empty}</>;
  return (
    <>
      <ul className="pool-cards" aria-label={t`公海里的客户`}>
        {rows.map((row) => (
          <li key={row.id}>
            <div>
              <Link
                to="/customers/$id"
                params={{ id: String(row.id) }}
                onClick={(event) => {
                  event.preventDefault();
                  onOpen(row.id);
                }}
              >
                {row.name}
              </Link>
              {(row.industry || row.region) && (
                <span className="soft">
                  {[row.industry, row.region].filter(Boolean).join(" · ")}
                </span>
              )}
              <span className="faint">
                <Trans>
                  <Day day={row.came_on} />
                  进来
                </Trans>
                {" · "}
                <CameBy row={row} />
              </span>
              {!row.claimable && onClaim && <span className="faint">{row.why_not}</span>}
            </div>
            {row.claimable && onClaim && (
              <Button aria-label={t`领取${row.name}`} onClick={once(() => onClaim(row))}>
                {t`领取`}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <MoreWhenSeen
          isLoading={list.isFetchingNextPage}
          onSeen={() => {
            if (!list.isFetchingNextPage) void list.fetchNextPage();
          }}
        />
      )}
    </>
  );
}
