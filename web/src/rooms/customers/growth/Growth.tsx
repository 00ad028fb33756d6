import { PrinterOutlined, RiseOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Skeleton } from "antd";
import { useState } from "react";
import { getStoryOnPaperUrl, story } from "@/api/generated/customers";
import type { CustomerOut, Story } from "@/api/generated/zhike.schemas";
import { calendarText } from "@/lib/days";
import { countText } from "@/lib/money";
import { apiPath } from "@/lib/practice";
import { type Figure, Figures } from "@/rooms/customers/dealings/Figures";
import { dealingKeys } from "@/rooms/customers/dealings/queries";
import { type Chapter, type ChapterLine, chaptersOf } from "@/rooms/customers/growth/chapters";
import { EmptyState } from "@/ui/EmptyState";
import { Trouble } from "@/ui/Trouble";
import { Money } from "@/ui/values";
import "@/rooms/customers/growth/growth.css";

/** 成长故事: how it went with a customer from the first contact on, year by year. */
export function Growth({ customer }: { customer: CustomerOut }) {
  const { t } = useLingui();
  const [isKeyOnly, setKeyOnly] = useState(false);
  const found = useQuery({
    queryKey: dealingKeys.growth(customer.id),
    queryFn: ({ signal }) => story(customer.id, { signal }),
  });
  if (found.isPending) return <Skeleton active title={false} paragraph={{ rows: 8 }} />;
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  const { facts } = found.data;
  const chapters = chaptersOf(found.data, isKeyOnly);
  if (found.data.chapters.length === 0) {
    return (
      <EmptyState icon={<RiseOutlined />} title={t`故事还没开始`}>
        <Trans>第一次联系、第一次购买、升级、续约，每个重要的时刻都会自动写进来。</Trans>
      </EmptyState>
    );
  }
  return (
    <section className="growth" aria-label={t`成长故事`}>
      <div className="dealings-head">
        <Facts facts={facts} />
        <Button
          icon={<PrinterOutlined />}
          href={apiPath(getStoryOnPaperUrl(customer.id))}
          target="_blank"
          rel="noopener"
        >
          <Trans>打印</Trans>
        </Button>
      </div>
      {facts.key_nodes > 0 && (
        <Checkbox checked={isKeyOnly} onChange={(event) => setKeyOnly(event.target.checked)}>
          <Trans>只看 {facts.key_nodes} 个关键节点</Trans>
        </Checkbox>
      )}
      {!facts.is_whole && (
        <p className="faint">
          <Trans>往来太多，这里从较近的一段讲起。</Trans>
        </p>
      )}
      {chapters.map((chapter) => (
        <YearPart key={chapter.year} chapter={chapter} />
      ))}
    </section>
  );
}

function Facts({ facts }: { facts: Story["facts"] }) {
  const { t } = useLingui();
  const figures: Figure[] = [
    {
      label: t`相识`,
      value: <span title={calendarText(facts.since)}>{t`${countText(facts.days)} 天`}</span>,
    },
    { label: t`跟进`, value: t`${facts.follow_ups} 次` },
  ];
  if (facts.purchases !== null) {
    figures.push({ label: t`购买`, value: t`${facts.purchases} 笔` });
  }
  if (facts.bought_amount) {
    figures.push({ label: t`合计`, value: <Money fen={facts.bought_amount} /> });
  }
  return <Figures label={t`一路走来`} figures={figures} />;
}

function YearPart({ chapter }: { chapter: Chapter }) {
  const { t } = useLingui();
  return (
    <section className="growth-year" aria-label={t`${chapter.year} 年`}>
      <h3>{t`${chapter.year} 年`}</h3>
      <ol>
        {chapter.lines.map((line) => (
          <Node key={line.key} line={line} />
        ))}
      </ol>
    </section>
  );
}

function Node({ line }: { line: ChapterLine }) {
  const { node } = line;
  return (
    <li className={`growth-node is-${node.kind} ${node.is_key ? "is-key" : ""}`}>
      <time dateTime={node.on}>{line.day}</time>
      <div>
        <strong>{node.title}</strong>
        {node.body && <p>{node.body}</p>}
      </div>
    </li>
  );
}
