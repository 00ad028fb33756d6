import { CheckSquareOutlined, TeamOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useMe } from "@/api/queries";
import { CustomerFile } from "@/app/pages/CustomerFile";
import { useQuick } from "@/app/quick";
import { KeyDatesList } from "@/rooms/care/keyDates/KeyDatesList";
import { LateRecords } from "@/rooms/care/today/LateRecords";
import { useLeads, useStartView } from "@/rooms/care/today/leading";
import { PersonTasks } from "@/rooms/care/today/PersonTasks";
import { TeamBoard } from "@/rooms/care/today/TeamBoard";
import { TodayBoard } from "@/rooms/care/today/TodayBoard";
import { ReviewsLine } from "@/rooms/customers/reviews/ReviewsLine";
import { EmptyState } from "@/ui/EmptyState";
import { Pills } from "@/ui/Pills";
import { SidePanel } from "@/ui/SidePanel";

/** 今日: the start page, and for those who lead their team's. What opens stands beside it, so that
 * the list stays at hand. */
export function TodayPage() {
  const { t } = useLingui();
  const search = useSearch({ from: "/shell/" });
  const { open, view, person, list = "overdue" } = search;
  const navigate = useNavigate();
  const leads = useLeads();
  const { first, keep } = useStartView();
  const isBare = view === undefined && open === undefined && search.beside === undefined;
  const isTeam = leads && (view === "team" || (isBare && first === "team"));
  const close = () =>
    void navigate({ to: "/", search: first === "team" ? { view: "mine" } : {}, replace: true });
  const views = leads && (
    <Pills
      label={t`看谁的`}
      value={isTeam ? "team" : "mine"}
      options={[
        { value: "mine", label: t`我的` },
        { value: "team", label: t`团队` },
      ]}
      onChange={(next) => {
        if (next === null) return;
        keep(next);
        void navigate({ to: "/", search: { view: next } });
      }}
    />
  );
  if (isTeam) {
    return (
      <>
        <TeamBoard views={views} alsoWaiting={<ReviewsLine />} person={person} />
        {person !== undefined && (
          <SidePanel
            label={list === "late" ? t`补记晚了的跟进` : t`同事的待办`}
            onClose={() => void navigate({ to: "/", search: { view: "team" }, replace: true })}
          >
            {list === "late" ? (
              <LateRecords key={person} person={person} />
            ) : (
              <PersonTasks key={`${person} ${list}`} person={person} list={list} />
            )}
          </SidePanel>
        )}
      </>
    );
  }
  return (
    <>
      <TodayBoard
        noCustomers={<NoCustomers />}
        nothingPlanned={<NothingPlanned />}
        alsoWaiting={<ReviewsLine />}
        views={views}
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
      {search.beside === "dates" && (
        <SidePanel label={t`重要日期`} onClose={close}>
          <KeyDatesList
            days={search.days ?? 30}
            isTeam={search.of === "team"}
            onChange={(days, isTeam) =>
              void navigate({
                to: "/",
                search: {
                  beside: "dates",
                  ...(days === 90 && { days }),
                  ...(isTeam && { of: "team" }),
                },
                replace: true,
              })
            }
          />
        </SidePanel>
      )}
      {search.beside === "late" && (
        <SidePanel label={t`补记晚了的跟进`} onClose={close}>
          <LateRecords person={null} />
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
