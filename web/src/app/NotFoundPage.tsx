import { CompassOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { usePageTitle } from "@/lib/screen";
import { EmptyState } from "@/ui/EmptyState";

export function NotFoundPage() {
  const { t } = useLingui();
  usePageTitle(t`没有这一页`);
  return (
    <div className="full-page">
      <EmptyState
        icon={<CompassOutlined />}
        title={t`没有这一页`}
        action={
          <Link to="/">
            <Button type="primary">
              <Trans>回首页</Trans>
            </Button>
          </Link>
        }
      >
        <Trans>地址可能抄漏了，或者这条记录已经删掉。</Trans>
      </EmptyState>
    </div>
  );
}
