import { CheckCircleOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { lateFollowUps } from "@/api/generated/care";
import type { LateRecord } from "@/api/generated/zhike.schemas";
import { usePeople } from "@/api/queries";
import { calendarText, daysBetween } from "@/lib/days";
import { EmptyState } from "@/ui/EmptyState";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import { Trouble } from "@/ui/Trouble";
import { Day, KeyStar } from "@/ui/values";

/** What somebody wrote down later than the rules want it: the records behind the number. */
export function LateRecords({ person }: { person: number | null }) {
  const { t } = useLingui();
  const { data: people } = usePeople();
  const name = people?.items.find((one) => one.id === person)?.label ?? "";
  const found = useInfiniteQuery({
    queryKey: ["today", "late", person],
    queryFn: ({ pageParam, signal }) =>
      lateFollowUps(
        { ...(person !== null && { person }), ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="person-tasks">
      <h2>{person === null ? t`补记晚了的` : t`${name}补记晚了的`}</h2>
      <p className="soft">
        <Trans>近 30 天里，联系完超过规定时间才记下的。当天记，细节才不会丢。</Trans>
      </p>
      {found.isPending && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
      {found.error && items.length === 0 && (
        <Trouble error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.isSuccess && items.length === 0 && (
        <EmptyState icon={<CheckCircleOutlined />} title={t`都记得及时`}>
          <Trans>联系完就记下的跟进不会列在这里。</Trans>
        </EmptyState>
      )}
      <ul>
        {items.map((one) => (
          <LateLine key={one.id} one={one} isMine={person === null} />
        ))}
      </ul>
      {found.hasNextPage && (
        <MoreWhenSeen
          isLoading={found.isFetchingNextPage}
          onSeen={() => {
            if (!found.isFetchingNextPage) void found.fetchNextPage();
          }}
        />
      )}
    </div>
  );
}

function LateLine({ one, isMine }: { one: LateRecord; isMine: boolean }) {
  const { t } = useLingui();
  const { customer } = one;
  const days = daysBetween(one.contacted_on, one.recorded_on);
  const name = (
    <>
      {customer.name} <KeyStar isKey={customer.is_key} />
    </>
  );
  return (
    <li className="late-record">
      <span className="person-task">
        {isMine ? (
          <Link to="/" search={{ open: customer.id }}>
            {name}
          </Link>
        ) : (
          <Link to="/customers/$id" params={{ id: String(customer.id) }}>
            {name}
          </Link>
        )}
        <small className="soft">{[one.way, one.content].filter(Boolean).join("：")}</small>
      </span>
      <span className="late-when">
        <Day day={one.contacted_on} />
        <small className="faint" title={t`${calendarText(one.recorded_on)}记下`}>
          {days > 1 ? t`隔了${days}天` : t`隔天`}
        </small>
      </span>
    </li>
  );
}
