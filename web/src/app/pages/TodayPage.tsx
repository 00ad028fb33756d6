import { CheckSquareOutlined, TeamOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useMe } from "@/api/queries";
import { CustomerFile } from "@/app/pages/CustomerFile";
import { useQuick } from "@/app/quick";
import { TodayBoard } from "@/rooms/care/TodayBoard";
import { ReviewsLine } from "@/rooms/customers/reviews/ReviewsLine";
import { EmptyState } from "@/ui/EmptyState";
import { SidePanel } from "@/ui/SidePanel";

/** 今日: the start page. A customer opens beside it, so that the list stays at hand. */
export function TodayPage() {
  const { t } = useLingui();
  const { open } = useSearch({ from: "/shell/" });
  const navigate = useNavigate();
  const close = () => void navigate({ to: "/", replace: true });
  return (
    <>
      <TodayBoard
        noCustomers={<NoCustomers />}
        nothingPlanned={<NothingPlanned />}
        alsoWaiting={<ReviewsLine />}
      />
      {open !== undefined && (
        <SidePanel
          label={t`客户资料`}
          onClose={close}
          actions={
            <Link to="/customers/$id" params={{ id: String(open) }}>
              <Button size="small" type="text">{t`整页打开`}</Button>
            </Link>
          }
        >
          <CustomerFile key={open} id={open} onGone={close} />
        </SidePanel>
      )}
    </>
  );
}

function NoCustomers() {
  const { t } = useLingui();
  const me = useMe();
  const mayBegin = me.rights.import || me.rights.create;
  const start = useQuick();
  return (
    <EmptyState
      icon={<TeamOutlined />}
      title={mayBegin ? t`先请客户们进来` : t`今天没有要做的`}
      action={
        mayBegin ? (
          <>
            {me.rights.import && (
              <Link to="/doors">
                <Button type="primary">{t`导入 Excel`}</Button>
              </Link>
            )}
            {me.rights.create && (
              <Button
                type={me.rights.import ? "default" : "primary"}
                onClick={() => start("new-customer")}
              >{t`新建客户`}</Button>
            )}
          </>
        ) : (
          <Link to="/customers">
            <Button type="primary">{t`看看客户`}</Button>
          </Link>
        )
      }
    >
      {mayBegin ? (
        <Trans>有了客户和下次联系的日子，每天该找谁、聊什么，一早就列在这里。</Trans>
      ) : (
        <Trans>交给你的待办和约好的日子，一早就列在这里。</Trans>
      )}
    </EmptyState>
  );
}

function NothingPlanned() {
  const { t } = useLingui();
  return (
    <EmptyState
      icon={<CheckSquareOutlined />}
      title={t`还没安排跟进`}
      action={
        <Link to="/customers" search={{ next: "none" }}>
          <Button type="primary">{t`看看谁还没安排`}</Button>
        </Link>
      }
    >
      <Trans>给客户定个下次联系的日子，到那天就会出现在这里。</Trans>
    </EmptyState>
  );
}
