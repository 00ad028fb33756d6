import { SafetyCertificateOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Skeleton } from "antd";
import { lazy, Suspense, useEffect, useMemo } from "react";
import { useFieldRights } from "@/api/fieldGroups";
import { useMe } from "@/api/queries";
import { ExportButton } from "@/app/pages/ExportButton";
import { useQuick } from "@/app/quick";
import { useIsPhone } from "@/lib/screen";
import { usePlanFollowUp } from "@/rooms/care/planning";
import { StartButton } from "@/rooms/care/playbooks/StartButton";
import { CustomerList } from "@/rooms/customers/list/CustomerList";
import { allowedFilters, type CustomerFilters } from "@/rooms/customers/list/filters";
import { SidePanel } from "@/ui/SidePanel";

// The list stands first; the file beside it is fetched while one reads, and is there when asked for.
const file = () => import("@/app/pages/CustomerFile");
const CustomerFile = lazy(() => file().then((m) => ({ default: m.CustomerFile })));
const UNHURRIED = 800;

/** 客户: the list, and beside it the customer that was opened from it. */
export function CustomersPage() {
  const { t } = useLingui();
  const asked = useSearch({ from: "/shell/customers" });
  const fields = useFieldRights();
  const filters = useMemo(() => allowedFilters(asked, fields), [asked, fields]);
  const navigate = useNavigate();
  const start = useQuick();
  const isPhone = useIsPhone();
  const me = useMe();
  const planFollowUp = usePlanFollowUp();
  useEffect(() => {
    const timer = window.setTimeout(() => void file(), UNHURRIED);
    return () => window.clearTimeout(timer);
  }, []);
  const change = (part: Partial<CustomerFilters>, replace = true) =>
    void navigate({
      to: "/customers",
      search: (before: CustomerFilters) => trimmed({ ...before, ...part }),
      replace,
    });
  return (
    <>
      <CustomerList
        filters={filters}
        onFilters={change}
        onOpen={(open) => change({ open }, filters.open !== undefined)}
        onPlan={planFollowUp}
        bulk={(chosen, count, done) => (
          <StartButton
            chosen={{ ...chosen, filters: chosen.filters ? { ...chosen.filters } : null }}
            count={count}
            onDone={done}
          />
        )}
        onCreate={me.rights.create ? () => start("new-customer") : undefined}
        onImport={me.rights.import ? () => void navigate({ to: "/doors" }) : undefined}
        actions={
          <>
            <Link to="/quality">
              <Button icon={<SafetyCertificateOutlined />} aria-label={t`资料质量`}>
                {!isPhone && t`资料质量`}
              </Button>
            </Link>
            <ExportButton filters={filters} />
          </>
        }
      />
      {filters.open !== undefined && (
        <SidePanel
          label={t`客户资料`}
          onClose={() => change({ open: undefined } as unknown as Partial<CustomerFilters>)}
          actions={
            !isPhone && (
              <Link to="/customers/$id" params={{ id: String(filters.open) }}>
                <Button size="small" type="text">{t`整页打开`}</Button>
              </Link>
            )
          }
        >
          <Suspense fallback={<Skeleton active style={{ padding: 20 }} />}>
            <CustomerFile
              key={filters.open}
              id={filters.open}
              onGone={() => change({ open: undefined } as unknown as Partial<CustomerFilters>)}
            />
          </Suspense>
        </SidePanel>
      )}
    </>
  );
}

function trimmed(filters: CustomerFilters): CustomerFilters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}
