import { ArrowLeftOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { NotFoundPage } from "@/app/NotFoundPage";
import { ImportWizard } from "@/rooms/doors/ImportWizard";

/** One import: on its way in, or what became of it. */
export function ImportPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: "/shell/doors/$id" });
  const navigate = useNavigate();
  if (!/^\d{1,15}$/.test(id)) return <NotFoundPage />;
  return (
    <ImportWizard
      key={id}
      id={Number(id)}
      back={
        <Link to="/doors" className="wizard-back" aria-label={t`回到进出`} title={t`回到进出`}>
          <ArrowLeftOutlined />
        </Link>
      }
      customersLink={(added) => (
        <Link to="/customers" search={added === null ? {} : { import_id: added }}>
          <Button type="primary">
            {added === null ? <Trans>去客户列表</Trans> : <Trans>看看导入的客户</Trans>}
          </Button>
        </Link>
      )}
      onOther={(other) => void navigate({ to: "/doors/$id", params: { id: String(other) } })}
      onLeave={() => void navigate({ to: "/doors" })}
    />
  );
}
