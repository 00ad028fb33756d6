import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRights } from "@/api/rights";
import { NotFoundPage } from "@/app/NotFoundPage";
import { SettingsHead } from "@/app/SettingsHead";
import { Audit } from "@/rooms/trail/Audit";

/** 审计日志, under 设置: for those who may look. */
export function AuditPage() {
  const { t } = useLingui();
  const rights = useRights();
  const filters = useSearch({ from: "/shell/settings/audit" });
  const navigate = useNavigate();
  if (!rights.may("audit")) return <NotFoundPage />;
  return (
    <>
      <SettingsHead title={t`审计日志`} note={t`谁在什么时候做了什么；只增不改`} />
      <Audit
        filters={filters}
        onFilters={(search) => void navigate({ to: "/settings/audit", search, replace: true })}
      />
    </>
  );
}
