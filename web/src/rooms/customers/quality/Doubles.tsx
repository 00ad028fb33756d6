import { CheckCircleOutlined, SearchOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { App, Button, Skeleton } from "antd";
import { useState } from "react";
import type { DoubleOut, DoubleSide } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useRights } from "@/api/rights";
import { type DoubleState, useDoubles, useJudging } from "@/rooms/customers/quality/queries";
import { EmptyState } from "@/ui/EmptyState";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import { Pills } from "@/ui/Pills";
import { Trouble } from "@/ui/Trouble";
import { useUndo } from "@/ui/undo";
import { CalendarDay } from "@/ui/values";

/** 疑似重复: pairs that may be one customer, the surest first. */
export function Doubles() {
  const { t } = useLingui();
  const { message } = App.useApp();
  const rights = useRights();
  const [state, setState] = useState<DoubleState>("open");
  const found = useDoubles(state);
  const { look } = useJudging();
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const begin = async () => {
    try {
      await look.mutateAsync();
      message.success(t`已经在后台查找，几分钟后回来看`);
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  const search = rights.may("configure") && (
    <Button icon={<SearchOutlined />} loading={look.isPending} onClick={() => void begin()}>
      <Trans>重新查找</Trans>
    </Button>
  );
  return (
    <>
      <div className="quality-tools">
        <Pills
          label={t`看哪些`}
          value={state}
          options={[
            { value: "open", label: t`待处理` },
            { value: "dismissed", label: t`已标为不是重复` },
          ]}
          onChange={(value) => setState(value ?? "open")}
        />
        {items.length > 0 && search}
      </div>
      {found.isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      {found.error && <Trouble error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && items.length === 0 && (
        <EmptyState
          icon={<CheckCircleOutlined />}
          title={state === "open" ? t`没有疑似重复的客户` : t`还没有标过`}
          action={state === "open" && search}
        >
          {state === "open" ? (
            <Trans>
              每月 1 日自动查找：证件号码、电话、邮箱、微信相同，或名称相近的会列在这里。
            </Trans>
          ) : (
            <Trans>标为“不是重复”的会收在这里，以后不再提醒。</Trans>
          )}
        </EmptyState>
      )}
      {items.length > 0 && (
        <ul className="doubles" aria-label={t`疑似重复`}>
          {items.map((item) => (
            <Pair key={item.id} item={item} />
          ))}
        </ul>
      )}
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

function Pair({ item }: { item: DoubleOut }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const offerUndo = useUndo();
  const rights = useRights();
  const { dismiss, reopen } = useJudging();
  const isOpen = item.state === "open";
  const judge = async () => {
    try {
      await (isOpen ? dismiss(item.id) : reopen(item.id));
    } catch (error) {
      message.error(messageOf(error));
      return;
    }
    if (isOpen) offerUndo(t`已标为不是重复`, () => reopen(item.id));
  };
  return (
    <li className="double">
      <header>
        <Strength strength={item.strength} />
        <span className="double-why">{item.why}</span>
        <span className="double-acts">
          <Button type="text" onClick={() => void judge()}>
            {isOpen ? <Trans>不是重复</Trans> : <Trans>放回待处理</Trans>}
          </Button>
          {isOpen && rights.may("delete") && (
            <Link to="/merge" search={{ ids: `${item.first.id},${item.second.id}` }}>
              <Button type="primary" ghost>
                <Trans>合并…</Trans>
              </Button>
            </Link>
          )}
        </span>
      </header>
      <div className="double-sides">
        <Side side={item.first} />
        <Side side={item.second} />
      </div>
    </li>
  );
}

function Strength({ strength }: { strength: number }) {
  const isSure = strength >= 100;
  const kind = isSure ? "is-sure" : strength >= 80 ? "is-likely" : "";
  return (
    <span className={`strength ${kind}`} title={`${strength}/100`}>
      {isSure ? <Trans>肯定</Trans> : strength >= 80 ? <Trans>很可能</Trans> : <Trans>可能</Trans>}
    </span>
  );
}

function Side({ side }: { side: DoubleSide }) {
  const { t } = useLingui();
  return (
    <div>
      <Link to="/customers/$id" params={{ id: String(side.id) }}>
        {side.name}
      </Link>
      <small>
        {[side.code, side.industry, side.region, side.owner?.name ?? t`公海`]
          .filter(Boolean)
          .join(" · ")}
      </small>
      <small>
        <Trans>资料 {side.completeness}%</Trans>
        {" · "}
        {side.last_follow_up_on ? (
          <>
            <Trans>最近跟进</Trans> <CalendarDay day={side.last_follow_up_on} />
          </>
        ) : (
          <Trans>还没跟进过</Trans>
        )}
      </small>
    </div>
  );
}
