import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRights } from "@/api/rights";
import { NotFoundPage } from "@/app/NotFoundPage";
import { SettingsHead } from "@/app/SettingsHead";
import { Trash } from "@/rooms/customers/trash/Trash";

/** 回收站, under 设置: for those who may delete and restore. */
export function TrashPage() {
  const { t } = useLingui();
  const rights = useRights();
  const filters = useSearch({ from: "/shell/settings/trash" });
  const navigate = useNavigate();
  if (!rights.may("delete")) return <NotFoundPage />;
  return (
    <>
      <SettingsHead title={t`回收站`} note={t`删掉的留 30 天，过后彻底清掉`} />
      <Trash
        filters={filters}
        onFilters={(search) => void navigate({ to: "/settings/trash", search, replace: true })}
      />
    </>
  );
}
