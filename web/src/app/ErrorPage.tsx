import { ToolOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { ApiProblem } from "@/api/problem";
import { usePageTitle } from "@/lib/screen";
import { EmptyState } from "@/ui/EmptyState";

/** What stands where a page broke: a sentence, and a way on. */
export function ErrorPage({ error }: { error: unknown }) {
  const { t } = useLingui();
  usePageTitle(t`出错了`);
  return (
    <div className="full-page" role="alert">
      <EmptyState
        icon={<ToolOutlined />}
        title={t`这一页没打开`}
        action={
          <Button type="primary" onClick={() => window.location.reload()}>
            <Trans>再打开一次</Trans>
          </Button>
        }
      >
        {error instanceof ApiProblem ? (
          error.message
        ) : (
          <Trans>程序出了点岔子，你的数据没事。</Trans>
        )}
      </EmptyState>
    </div>
  );
}
