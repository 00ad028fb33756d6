import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId } from "react";
import type { MoveOut, PreviewIn } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { calendarText, planText } from "@/lib/days";
import { countText } from "@/lib/money";
import { useSettled } from "@/lib/screen";
import { previewQuery } from "@/rooms/care/cadence/queries";
import { Pills } from "@/ui/Pills";

interface ImpactProps {
  /** What is to be tried out; null as long as it is not written to its end. */
  body: PreviewIn | null;
  /** Are the plans made already to be moved, too? */
  replan: boolean;
  onReplan: (replan: boolean) => void;
}

const PAUSE = 500;

/** 对谁有什么变化: the plans that other rules would put on other days, before anything is saved. */
export function Impact({ body, replan, onReplan }: ImpactProps) {
  const { t } = useLingui();
  const title = useId();
  const asked = useSettled(JSON.stringify(body), PAUSE);
  const { data, error, isFetching } = useQuery({
    ...previewQuery(asked),
    enabled: asked !== "null",
    placeholderData: keepPreviousData,
  });
  return (
    <section className="impact" aria-labelledby={title}>
      <h3 id={title}>{t`对谁有什么变化`}</h3>
      {body === null ? (
        <p className="soft">{t`写完整了，这里会告诉你哪些客户的下次跟进会换日子。`}</p>
      ) : error ? (
        <p className="danger" role="alert">
          {messageOf(error)}
        </p>
      ) : !data ? (
        <p className="soft">{t`正在看排好的跟进…`}</p>
      ) : (
        <div className={isFetching ? "is-old" : ""} aria-live="polite">
          <p>
            {data.changed === 0 ? (
              <Nothing looked={data.unchanged} left={data.left} />
            ) : (
              <Trans>
                按规则排好的跟进里，<strong>{countText(data.changed)} 项</strong>要换日子，
                {countText(data.unchanged)} 项不变。
              </Trans>
            )}
            {data.left > 0 && data.changed + data.unchanged > 0 && (
              <>
                {" "}
                <Trans>另有 {countText(data.left)} 个计划没有规则再管，保持原来的日子。</Trans>
              </>
            )}
            {data.partial && (
              <span className="soft">
                {" "}
                <Trans>
                  安排太多，只看了最近的 {countText(data.changed + data.unchanged + data.left)} 项。
                </Trans>
              </span>
            )}
          </p>
          {data.changed > 0 && (
            <>
              <Moves moves={data.sample} changed={data.changed} />
              <ReplanChoice changed={data.changed} replan={replan} onReplan={onReplan} />
            </>
          )}
        </div>
      )}
    </section>
  );
}

function Nothing({ looked, left }: { looked: number; left: number }) {
  if (looked === 0 && left > 0) {
    return (
      <Trans>排好的 {countText(left)} 个计划没有规则再管，保持原来的日子；新规则只影响以后。</Trans>
    );
  }
  if (looked === 0) return <Trans>现在没有按规则排好的跟进，只影响以后。</Trans>;
  return <Trans>排好的 {countText(looked)} 项跟进都不用换日子，只影响以后。</Trans>;
}

function Moves({ moves, changed }: { moves: MoveOut[]; changed: number }) {
  const { t } = useLingui();
  return (
    <div className="impact-moves">
      <table>
        <thead>
          <tr>
            <th scope="col">{t`客户`}</th>
            <th scope="col">{t`原来的下次跟进`}</th>
            <th scope="col">{t`新的`}</th>
            <th scope="col">{t`为什么`}</th>
          </tr>
        </thead>
        <tbody>
          {moves.map((move) => (
            <tr key={`${move.customer.id} ${move.from} ${move.to}`}>
              <th scope="row">
                <Link
                  to="/customers/$id"
                  params={{ id: String(move.customer.id) }}
                  target="_blank"
                  rel="noreferrer"
                >
                  {move.customer.name}
                </Link>
              </th>
              <td className="number soft">{calendarText(move.from)}</td>
              <td className="number">{planText(move.to)}</td>
              <td className="soft">{move.why}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changed > moves.length && (
        <p className="faint">
          <Plural
            value={changed - moves.length}
            one="还有 # 项没有列出来。"
            other="还有 # 项没有列出来。"
          />
        </p>
      )}
    </div>
  );
}

interface ReplanChoiceProps {
  changed: number;
  replan: boolean;
  onReplan: (replan: boolean) => void;
}

function ReplanChoice({ changed, replan, onReplan }: ReplanChoiceProps) {
  const { t } = useLingui();
  return (
    <div className="impact-choice">
      <span>{t`已经排好的怎么办`}</span>
      <Pills<"later" | "now">
        label={t`已经排好的怎么办`}
        value={replan ? "now" : "later"}
        options={[
          { value: "later", label: t`先不动，下次起按新的` },
          { value: "now", label: t`现在就改这 ${countText(changed)} 项` },
        ]}
        onChange={(choice) => onReplan(choice === "now")}
      />
      <small className="faint">
        {replan
          ? t`保存后在后台改期，可以离开这一页。自己约好的日子不会动。`
          : t`这些照原来的日子提醒；谁联系过了，下一次就按新规则排。`}
      </small>
    </div>
  );
}
