import { CloseOutlined, SwapOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import type { HandedOver as Handing, SummaryOut } from "@/api/generated/zhike.schemas";
import { useMe } from "@/api/queries";
import { dayText, planText } from "@/lib/days";
import { isFresh, seenHandings, setSeen } from "@/rooms/care/handedOver/handing";
import { useSummary } from "@/rooms/care/handedOver/useSummary";
import { useTaskTitle } from "@/rooms/care/tasks/useTaskTitle";
import { DueDay } from "@/ui/values";
import "@/rooms/care/handedOver/handedOver.css";

interface HandedOverProps {
  customer: number;
  /** The present owner. */
  owner: number | null;
}

/** 交接摘要: what somebody should know of a customer they just got; goes once it was read. */
export function HandedOver({ customer, owner }: HandedOverProps) {
  const me = useMe();
  const { data } = useSummary(customer, owner === me.id);
  const [hidden, setHidden] = useState<string[]>(() => seenHandings(me.id));
  const handing = data?.handed_over;
  if (!data || !handing || owner !== me.id || !isFresh(customer, handing, hidden)) return null;
  return (
    <Card
      summary={data}
      handing={handing}
      onClose={() => setHidden(setSeen(me.id, customer, handing))}
    />
  );
}

/** How the server names that nobody had the customer before. */
const POOL = "公海";

interface CardProps {
  summary: SummaryOut;
  handing: Handing;
  onClose: () => void;
}

function Card({ summary, handing, onClose }: CardProps) {
  const { t } = useLingui();
  const titleOf = useTaskTitle();
  const { stage, promises, last_talks: talks, risks, problems, key_dates: dates } = summary;
  const others = summary.open_tasks.filter((task) => !promises.some(({ id }) => id === task.id));
  return (
    <section className="handed-over" aria-label={t`交接摘要`}>
      <header>
        <SwapOutlined aria-hidden />
        <h2>
          {handing.from === POOL ? (
            <Trans>从公海领来的，先看看之前的经过</Trans>
          ) : (
            <Trans>从{handing.from}手里接来的，先看看之前的经过</Trans>
          )}
        </h2>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t`收起交接摘要`}
          title={t`看过了，收起`}
          onClick={onClose}
        />
      </header>
      {handing.note && <p className="handed-note">{handing.note}</p>}
      <dl>
        <Line
          label={t`到哪一步`}
          items={stage.map((one) => (
            <span key={one.field}>
              <span className="faint">{one.label}</span> {one.value}
            </span>
          ))}
          isInline
        />
        <Line
          label={t`答应过的`}
          items={promises.map((task) => (
            <span key={task.id}>
              {titleOf(task)} <DueDay day={task.due_on} />
            </span>
          ))}
        />
        <Line
          label={t`接下来`}
          items={others.map((task) => (
            <span key={task.id}>
              {titleOf(task)} <DueDay day={task.due_on} />
            </span>
          ))}
        />
        <Line
          label={t`最近聊的`}
          items={talks.map((talk) => (
            <span key={talk.id}>
              <small className="faint">
                {[talk.on && dayText(talk.on), talk.way, talk.author].filter(Boolean).join(" ")}
              </small>{" "}
              {talk.content}
              {talk.objection && (
                <span className="handed-objection">
                  {" "}
                  <Trans>顾虑：{talk.objection}</Trans>
                </span>
              )}
            </span>
          ))}
        />
        <Line
          label={t`找谁`}
          items={summary.contacts.map((one) => (
            <span key={one.id}>
              <strong>{one.name}</strong>{" "}
              {[one.title, one.role, one.convenient_time, one.preferences]
                .filter(Boolean)
                .join(" · ")}
            </span>
          ))}
        />
        <Line
          label={t`要留心`}
          items={[
            ...risks.map((one) => `${one.label}：${one.value}`),
            ...problems.map((one) => (one.solution ? `${one.text} → ${one.solution}` : one.text)),
          ]}
        />
        <Line
          label={t`重要日子`}
          items={dates.map((one) => (
            <span key={one.id} title={one.told}>
              {one.label} {planText(one.on)}
            </span>
          ))}
          isInline
        />
        <Line
          label={t`在走的计划`}
          items={summary.playbook_runs.map(
            (run) => `${run.playbook.name} ${run.done} / ${run.total}`,
          )}
          isInline
        />
      </dl>
      <Button size="small" onClick={onClose}>
        {t`看过了`}
      </Button>
    </section>
  );
}

const MOST = 3;

interface LineProps {
  label: string;
  items: ReactNode[];
  isInline?: boolean;
}

/** What there is to say under one head; nothing, where there is nothing. */
function Line({ label, items, isInline = false }: LineProps) {
  if (items.length === 0) return null;
  const shown = isInline ? items : items.slice(0, MOST);
  return (
    <div>
      <dt>{label}</dt>
      <dd className={isInline ? "is-inline" : ""}>
        <ul>
          {shown.map((item, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: read once, never moved
            <li key={place}>{item}</li>
          ))}
          {items.length > shown.length && (
            <li className="faint">
              <Trans>还有 {items.length - shown.length} 条</Trans>
            </li>
          )}
        </ul>
      </dd>
    </div>
  );
}
