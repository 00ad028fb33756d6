import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRights } from "@/api/rights";
import { DropZone } from "@/rooms/doors/DropZone";
import { ExportForm } from "@/rooms/doors/ExportForm";
import { ImportHistory } from "@/rooms/doors/ImportHistory";
import { RecentExports } from "@/rooms/doors/RecentExports";
import { Templates } from "@/rooms/doors/Templates";
import { useUpload } from "@/rooms/doors/useUpload";
import { PageHead } from "@/ui/PageHead";

/** 进出: what comes in at the left, what goes out at the right. */
export function ImportsPage() {
  const { t } = useLingui();
  const rights = useRights();
  return (
    <>
      <PageHead title={t`进出`} />
      <div className="doors">
        {rights.may("import") && (
          <section className="doors-in" aria-label={t`导入`}>
            <BringIn />
            <h2 className="doors-title">
              <Trans>导入记录</Trans>
            </h2>
            <ImportHistory
              link={(of, name) => (
                <Link to="/doors/$id" params={{ id: String(of.id) }}>
                  {name}
                </Link>
              )}
            />
          </section>
        )}
        {rights.may("export") && (
          <section className="doors-out" aria-label={t`导出`}>
            <h2 className="doors-title">
              <Trans>导出</Trans>
            </h2>
            <ExportForm
              filters={{}}
              about={
                rights.seesAll
                  ? t`全部客户。只要一部分？先在客户列表里筛好，再点那里的“导出”。`
                  : t`你看得到的全部客户。只要一部分？先在客户列表里筛好，再点那里的“导出”。`
              }
            />
            <RecentExports />
          </section>
        )}
      </div>
    </>
  );
}

/** One file leads straight to its look page; several stay in the list below, each by itself. */
function BringIn() {
  const navigate = useNavigate();
  const upload = useUpload((imports) => {
    const [one] = imports;
    if (one && imports.length === 1) {
      void navigate({ to: "/doors/$id", params: { id: String(one.id) } });
    }
  });
  return (
    <DropZone upload={upload}>
      <Templates />
    </DropZone>
  );
}
