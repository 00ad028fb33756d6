import { InboxOutlined, SearchOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Input } from "antd";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { InPool } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useIsPhone, useSettled } from "@/lib/screen";
import { ClaimLimitsLine } from "@/rooms/care/pool/ClaimLimitsLine";
import { type NotClaimed, notClaimed, roomLeft } from "@/rooms/care/pool/claiming";
import type { PoolFilters } from "@/rooms/care/pool/filters";
import { PoolCards } from "@/rooms/care/pool/PoolCards";
import { usePoolColumns } from "@/rooms/care/pool/poolColumns";
import { useClaim, useMayClaim, usePool } from "@/rooms/care/pool/queries";
import { Refusals } from "@/rooms/care/pool/Refusals";
import { EmptyState } from "@/ui/EmptyState";
import { DataGrid } from "@/ui/grid/DataGrid";
import { useGridColumns } from "@/ui/grid/useGridColumns";
import { Pills } from "@/ui/Pills";
import "@/rooms/care/pool/pool.css";

interface PoolListProps {
  filters: PoolFilters;
  onFilters: (part: Partial<PoolFilters>) => void;
  onOpen: (id: number) => void;
  /** Leads to the page of the day, where the first contacts with the claimed stand. */
  onToday: () => void;
  /** Stands above the list: who falls soon. */
  children?: ReactNode;
}

const TYPING_PAUSE = 250;
/** As many the server takes at once. */
const MOST_AT_ONCE = 200;

/** 公海: who belongs to nobody, and taking them under the limits. */
export function PoolList({ filters, onFilters, onOpen, onToday, children }: PoolListProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const isPhone = useIsPhone();
  const list = usePool(filters);
  const claim = useClaim(filters);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [refused, setRefused] = useState<NotClaimed[]>([]);
  const mayClaim = useMayClaim();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const limits = list.data?.pages[0]?.limits;
  const underWay = useRef(new Set<number>());
  const take = async (chosenNow: readonly InPool[]) => {
    // Clicked twice it is claimed once.
    const some = chosenNow.filter(({ id }) => !underWay.current.has(id));
    if (some.length === 0) return;
    for (const { id } of some) underWay.current.add(id);
    setSelected(new Set());
    setRefused([]);
    try {
      const answer = await claim(some.map(({ id }) => id));
      setRefused(notClaimed(some, answer));
      const first = some.find(({ id }) => answer.claimed.includes(id));
      if (!first) return;
      const count = answer.claimed.length;
      message.success({
        duration: 6,
        content: (
          <>
            {count === 1 ? (
              <Trans>领到了{first.name}，首次联系排好了</Trans>
            ) : (
              <Plural
                value={count}
                one="领到 # 位，首次联系都排好了"
                other="领到 # 位，首次联系都排好了"
              />
            )}
            <Button
              type="link"
              size="small"
              onClick={() => (count === 1 ? onOpen(first.id) : onToday())}
            >
              {count === 1 ? t`打开` : t`去今日`}
            </Button>
          </>
        ),
      });
    } catch (error) {
      message.error(messageOf(error));
    } finally {
      for (const { id } of some) underWay.current.delete(id);
    }
  };
  const columns = useGridColumns(
    "pool",
    usePoolColumns(mayClaim, (row) => void take([row])),
  );
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const chosen = rows.filter((row) => selected.has(row.id) && row.claimable);
  const empty = filters.q ? (
    <EmptyState
      icon={<InboxOutlined />}
      title={t`公海里没有找到`}
      action={
        <Button onClick={() => onFilters({ q: undefined } as unknown as Partial<PoolFilters>)}>
          {t`看全部`}
        </Button>
      }
    />
  ) : (
    <EmptyState icon={<InboxOutlined />} title={t`公海里现在没有客户`}>
      <Trans>太久没人跟进的、同事放回来的客户会到这里，谁有空谁领，先到先得。</Trans>
    </EmptyState>
  );
  return (
    <>
      <div className="pool-bar">
        {selected.size > 0 ? (
          <div className="pool-bulk" role="toolbar" aria-label={t`对选中的客户`}>
            <strong>
              <Plural value={selected.size} one="选中 # 位" other="选中 # 位" />
            </strong>
            <Button
              type="primary"
              disabled={chosen.length === 0 || chosen.length > MOST_AT_ONCE}
              onClick={() => void take(chosen)}
            >
              <Plural value={chosen.length} one="领取 # 位" other="领取 # 位" />
            </Button>
            {chosen.length > MOST_AT_ONCE && (
              <span className="claim-full">{t`一次最多领 ${MOST_AT_ONCE} 位，少选几位。`}</span>
            )}
            {limits && chosen.length > roomLeft(limits) && (
              <span className="claim-full">
                <Plural
                  value={roomLeft(limits)}
                  one="现在还能领 # 位，多的领不到"
                  other="现在还能领 # 位，多的领不到"
                />
              </span>
            )}
            <Button type="text" onClick={() => setSelected(new Set())}>
              <Trans>取消选择</Trans>
            </Button>
          </div>
        ) : (
          <>
            <Search
              value={filters.q ?? ""}
              onChange={(q) => onFilters({ q: q || undefined } as Partial<PoolFilters>)}
            />
            {isPhone && (
              <Pills
                label={t`先看谁`}
                value={filters.sort ?? "-came_on"}
                options={[
                  { value: "-came_on", label: t`刚来的` },
                  { value: "came_on", label: t`等得久的` },
                ]}
                onChange={(sort) =>
                  onFilters({
                    sort: sort === "came_on" ? sort : undefined,
                  } as Partial<PoolFilters>)
                }
              />
            )}
            {limits && mayClaim && <ClaimLimitsLine limits={limits} />}
            {!mayClaim && (
              <span className="faint">
                <Trans>你的角色可以看，不能领。</Trans>
              </span>
            )}
          </>
        )}
      </div>
      <Refusals refused={refused} onClose={() => setRefused([])} />
      {children}
      <div className="pool-body">
        {isPhone ? (
          <PoolCards
            rows={rows}
            list={list}
            empty={empty}
            onOpen={onOpen}
            onClaim={mayClaim ? (row) => void take([row]) : undefined}
          />
        ) : (
          <DataGrid
            label={t`公海里的客户`}
            columns={columns}
            rows={rows}
            isLoading={list.isPending}
            error={list.error && messageOf(list.error)}
            onRetry={() => void list.refetch()}
            hasMore={list.hasNextPage}
            isLoadingMore={list.isFetchingNextPage}
            onNearEnd={more}
            sort={filters.sort ?? "-came_on"}
            onSort={(sort) =>
              onFilters({ sort: sort === "came_on" ? sort : undefined } as Partial<PoolFilters>)
            }
            hrefOf={(row) => `/customers/${row.id}`}
            onOpen={(row) => onOpen(row.id)}
            openId={filters.open}
            {...(mayClaim && { selected, onSelect: setSelected })}
            card={(row) => row.name}
            empty={empty}
          />
        )}
      </div>
    </>
  );
}

function Search({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const { t } = useLingui();
  const [text, setText] = useState(value);
  const asked = useSettled(text.trim(), TYPING_PAUSE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed asks anew
  useEffect(() => {
    if (asked !== value) onChange(asked);
  }, [asked]);
  useEffect(() => setText((now) => (now.trim() === value ? now : value)), [value]);
  return (
    <Input
      className="pool-search"
      aria-label={t`在公海里找`}
      placeholder={t`名称、拼音、首字母`}
      prefix={<SearchOutlined className="faint" />}
      allowClear
      autoComplete="off"
      maxLength={100}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
