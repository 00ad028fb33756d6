import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRights } from "@/api/rights";
import { NotFoundPage } from "@/app/NotFoundPage";
import { MergeDesk } from "@/rooms/customers/quality/MergeDesk";
import { mergeIds } from "@/rooms/customers/quality/parts";
import { PageHead } from "@/ui/PageHead";
import "@/rooms/customers/quality/quality.css";

/** 合并客户: the customers named in the address, side by side. */
export function MergePage() {
  const { t } = useLingui();
  const rights = useRights();
  const { ids } = useSearch({ from: "/shell/merge" });
  const navigate = useNavigate();
  const wanted = mergeIds(ids);
  if (!rights.may("delete") || wanted.length < 2) return <NotFoundPage />;
  return (
    <>
      <PageHead title={t`合并客户`} note={t`先看清楚，再合并`} />
      <div className="quality">
        <MergeDesk
          key={ids}
          ids={wanted}
          onDone={(id) => void navigate({ to: "/customers/$id", params: { id: String(id) } })}
          onUndone={() => void navigate({ to: "/quality", search: { part: "doubles" } })}
        />
      </div>
    </>
  );
}
