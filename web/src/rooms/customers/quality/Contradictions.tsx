import { CheckCircleOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { momentText } from "@/lib/days";
import { useContradictions } from "@/rooms/customers/quality/queries";
import { EmptyState } from "@/ui/EmptyState";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import { Trouble } from "@/ui/Trouble";

/** 自相矛盾: customers whose facts break a rule, found every night. */
export function Contradictions() {
  const { t } = useLingui();
  const found = useContradictions();
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  if (found.isPending) return <Skeleton active title={false} paragraph={{ rows: 6 }} />;
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (items.length === 0) {
    return (
      <EmptyState icon={<CheckCircleOutlined />} title={t`没有自相矛盾的资料`}>
        <Trans>每天夜里按检查规则看一遍；比如客户定为 A 级，合作却不满一年，就会列在这里。</Trans>
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="quality-list" aria-label={t`自相矛盾`}>
        {items.map((item) => (
          <li key={item.id} className="contradiction">
            <Link to="/customers/$id" params={{ id: String(item.customer.id) }}>
              {item.customer.name}
            </Link>
            <p>{item.told}</p>
            <small>
              {item.rule.name} · {momentText(item.found_at)}
            </small>
          </li>
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
    </>
  );
}
