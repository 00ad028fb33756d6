import { useLingui } from "@lingui/react/macro";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useRights } from "@/api/rights";
import { CustomerFile } from "@/app/pages/CustomerFile";
import { useQuick } from "@/app/quick";
import { useIsPhone } from "@/lib/screen";
import { FallingSoon } from "@/rooms/care/pool/FallingSoon";
import type { PoolFilters } from "@/rooms/care/pool/filters";
import { PoolList } from "@/rooms/care/pool/PoolList";
import { PageHead } from "@/ui/PageHead";
import { SidePanel } from "@/ui/SidePanel";

/** 公海: who belongs to nobody; a customer opens beside the list. */
export function PoolPage() {
  const { t } = useLingui();
  const filters = useSearch({ from: "/shell/pool" });
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const start = useQuick();
  const mayConfigure = useRights().may("configure");
  const change = (part: Partial<PoolFilters>, replace = true) =>
    void navigate({ to: "/pool", search: trimmed({ ...filters, ...part }), replace });
  const open = (id: number) => change({ open: id }, filters.open !== undefined);
  const close = () => change({ open: undefined } as unknown as Partial<PoolFilters>);
  return (
    <div className="pool-page">
      <PageHead
        title={t`公海`}
        note={!isPhone && t`没有负责人的客户，谁有空谁来领`}
        actions={
          mayConfigure && (
            <Link to="/settings" search={{ part: "pool-rules" }}>
              <Button type="text">{t`公海规则`}</Button>
            </Link>
          )
        }
      />
      <PoolList
        filters={filters}
        onFilters={change}
        onOpen={open}
        onToday={() => void navigate({ to: "/" })}
      >
        <FallingSoon
          first={filters.falling ?? "mine"}
          onOpen={open}
          onFollowUp={(customer) => start("follow-up", { customer })}
        />
      </PoolList>
      {filters.open !== undefined && (
        <SidePanel
          label={t`客户资料`}
          onClose={close}
          actions={
            !isPhone && (
              <Link to="/customers/$id" params={{ id: String(filters.open) }}>
                <Button size="small" type="text">{t`整页打开`}</Button>
              </Link>
            )
          }
        >
          <CustomerFile key={filters.open} id={filters.open} onGone={close} />
        </SidePanel>
      )}
    </div>
  );
}

function trimmed(filters: PoolFilters): PoolFilters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}
