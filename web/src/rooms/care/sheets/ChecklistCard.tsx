import { CheckOutlined, CommentOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Skeleton } from "antd";
import { type ReactNode, useState } from "react";
import type { StageLists, TickedList, TickedStep } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { momentText } from "@/lib/days";
import { PhraseDrawer } from "@/rooms/care/sheets/PhraseDrawer";
import { useCustomerChecklists, useTicking } from "@/rooms/care/sheets/queries";
import { courseOf, doneIn } from "@/rooms/care/sheets/ticking";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/care/sheets/sheets.css";

interface ChecklistCardProps {
  customer: number;
  /** The stage of the deal; empty where none is set, null where the reader does not see it. */
  stage: string | null;
  /** May the person note things with this customer? */
  mayLog: boolean;
}

type Toggle = (list: TickedList, step: TickedStep) => void;

/** 清单: what this stage of the deal asks for, what of it is done, and words that help. */
export function ChecklistCard({ customer, stage, mayLog }: ChecklistCardProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const { data, error, refetch } = useCustomerChecklists(customer);
  const ticking = useTicking(customer);
  const [isPhrasing, setPhrasing] = useState(false);
  const toggle: Toggle = (list, step) => {
    ticking(list.id, step.key, !step.done).catch((refused: unknown) => {
      message.error(messageOf(refused));
    });
  };
  return (
    <section className="checklists" aria-label={t`清单`}>
      <header>
        <h2>{t`清单`}</h2>
        <Button
          type="text"
          size="small"
          icon={<CommentOutlined />}
          title={t`看看怎么说好`}
          onClick={() => setPhrasing(true)}
        >
          {t`话术`}
        </Button>
      </header>
      {error && !data ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton active title={false} paragraph={{ rows: 4 }} />
      ) : (
        <Course lists={courseOf(data)} stage={stage} toggle={mayLog ? toggle : undefined} />
      )}
      <PhraseDrawer open={isPhrasing} onClose={() => setPhrasing(false)} customer={customer} />
    </section>
  );
}

interface CourseProps {
  lists: ReturnType<typeof courseOf>;
  stage: string | null;
  toggle: Toggle | undefined;
}

function Course({ lists: { now, others, ahead }, stage, toggle }: CourseProps) {
  if (!now && others.length === 0 && ahead.length === 0)
    return (
      <p className="soft">
        <Trans>还没有清单，管理员可以在“设置 → 模板与话术”里写。</Trans>
      </p>
    );
  return (
    <>
      {now?.lists.map((list) => (
        <ListCard key={list.id} list={list} label={now.label} toggle={toggle} />
      ))}
      {!now && stage !== null && (
        <p className="soft">
          {stage === "" ? (
            <Trans>选好成交阶段，这里就列出这一步要做到的事。</Trans>
          ) : (
            <Trans>现在这个阶段没有清单。</Trans>
          )}
        </p>
      )}
      {others.map((one) => (
        <Folded key={one.stage} stage={one} toggle={toggle} />
      ))}
      {ahead.length > 0 && (
        <details className="stage-lists is-ahead">
          <summary>
            <b>{now ? <Trans>之后的阶段</Trans> : <Trans>各个阶段</Trans>}</b>
            <span className="faint">{ahead.map(({ label }) => label).join("、")}</span>
          </summary>
          {ahead.map((one) => (
            <Folded key={one.stage} stage={one} toggle={toggle} />
          ))}
        </details>
      )}
    </>
  );
}

/** A stage that is not the present one: its count, and its lists when asked for. */
function Folded({ stage, toggle }: { stage: StageLists; toggle: Toggle | undefined }) {
  const { done, total } = doneIn(stage);
  return (
    <details className="stage-lists">
      <summary>
        <b>{stage.label}</b>
        <span className={done === total ? "is-whole number" : "faint number"}>
          {done}/{total}
          {done === total && <CheckOutlined aria-hidden />}
        </span>
      </summary>
      {stage.lists.map((list) => (
        <ListCard key={list.id} list={list} toggle={toggle} />
      ))}
    </details>
  );
}

interface ListCardProps {
  list: TickedList;
  /** The stage, where it is the present one. */
  label?: string;
  toggle: Toggle | undefined;
}

function ListCard({ list, label, toggle }: ListCardProps) {
  const { t } = useLingui();
  const isWhole = list.done === list.total;
  return (
    <div className={label ? "checklist is-now" : "checklist"}>
      <div className="checklist-head">
        <strong>{list.title}</strong>
        <span className={isWhole ? "is-whole number" : "faint number"}>
          {list.done}/{list.total}
        </span>
      </div>
      {label && (
        <progress
          value={list.done}
          max={list.total}
          aria-label={t`“${list.title}”做到了 ${list.done} 条，共 ${list.total} 条`}
        />
      )}
      <ul>
        {list.items.map((step) => (
          <Step key={step.key} step={step} onToggle={toggle && (() => toggle(list, step))} />
        ))}
      </ul>
    </div>
  );
}

function Step({ step, onToggle }: { step: TickedStep; onToggle: (() => void) | undefined }) {
  const { t } = useLingui();
  const who: ReactNode = step.done && (
    <small className="faint">
      {[step.done_by?.name, step.done_at && momentText(step.done_at)].filter(Boolean).join(" · ")}
    </small>
  );
  return (
    <li className={step.done ? "is-done" : ""}>
      <label>
        <input
          type="checkbox"
          checked={step.done}
          disabled={!onToggle}
          title={onToggle ? undefined : t`只能看，不能勾`}
          onChange={onToggle}
        />
        <span>
          {step.text}
          {who}
        </span>
      </label>
    </li>
  );
}
