import { PlusOutlined, SafetyOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Dropdown, Skeleton } from "antd";
import { useMemo, useState } from "react";
import { useDictionary } from "@/api/fields";
import { changeProblem, deleteProblem, restoreProblem } from "@/api/generated/dealings";
import type { CustomerOut, PotentialProblem } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { momentText } from "@/lib/days";
import { ProblemDrawer } from "@/rooms/customers/dealings/ProblemDrawer";
import { useProblems, useRefreshDealings } from "@/rooms/customers/dealings/queries";
import { RowMenu } from "@/rooms/customers/dealings/RowMenu";
import { ChoiceChip } from "@/ui/Chip";
import { EmptyState } from "@/ui/EmptyState";
import { MoreWhenSeen } from "@/ui/MoreWhenSeen";
import { Trouble } from "@/ui/Trouble";
import { useUndo } from "@/ui/undo";
import { CalendarDay } from "@/ui/values";
import "@/rooms/customers/dealings/dealings.css";

const SOLVED = "solved";

/** 潜在问题: what may go wrong, why, and what is done about it. Solved ones stand last. */
export function Problems({ customer }: { customer: CustomerOut }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const offerUndo = useUndo();
  const found = useProblems(customer.id);
  const refresh = useRefreshDealings(customer.id);
  const [edited, setEdited] = useState<number | "new" | null>(null);
  const items = useMemo(() => {
    const all = found.data?.pages.flatMap((page) => page.items) ?? [];
    return [
      ...all.filter((one) => one.state !== SOLVED),
      ...all.filter((one) => one.state === SOLVED),
    ];
  }, [found.data]);
  const mayAdd = customer.can.edit && customer.fields.notes === "edit";
  if (found.isPending) return <Skeleton active title={false} paragraph={{ rows: 6 }} />;
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;

  const run = async (action: () => Promise<unknown>) => {
    try {
      await action();
    } catch (error) {
      message.error(messageOf(error));
      return false;
    } finally {
      await refresh();
    }
    return true;
  };
  const erase = async ({ id }: PotentialProblem) => {
    if (!(await run(() => deleteProblem(id)))) return;
    offerUndo(t`删除了这个问题`, async () => {
      await restoreProblem(id);
      await refresh();
    });
  };
  const add = mayAdd && (
    <Button
      type={items.length === 0 ? "primary" : "default"}
      icon={<PlusOutlined />}
      onClick={() => setEdited("new")}
    >
      <Trans>记一个问题</Trans>
    </Button>
  );
  return (
    <section className="dealings" aria-label={t`潜在问题`}>
      {items.length === 0 ? (
        <EmptyState icon={<SafetyOutlined />} title={t`没有潜在问题`} action={add}>
          <Trans>觉得哪里不对劲，先记下来：可能出什么事、为什么、打算怎么办。</Trans>
        </EmptyState>
      ) : (
        <>
          <div className="dealings-head">
            <OpenCount items={items} />
            {add}
          </div>
          <ul className="problems">
            {items.map((one) => (
              <ProblemCard
                key={one.id}
                problem={one}
                onState={(state) =>
                  void run(() => changeProblem(one.id, { version: one.version, state }))
                }
                onEdit={() => setEdited(one.id)}
                onErase={() => void erase(one)}
              />
            ))}
          </ul>
        </>
      )}
      {found.hasNextPage && (
        <MoreWhenSeen
          isLoading={found.isFetchingNextPage}
          onSeen={() => {
            if (!found.isFetchingNextPage) void found.fetchNextPage();
          }}
        />
      )}
      <ProblemDrawer
        customer={customer.id}
        problem={items.find((one) => one.id === edited) ?? null}
        open={edited !== null}
        onClose={() => setEdited(null)}
        onSaved={refresh}
      />
    </section>
  );
}

function OpenCount({ items }: { items: PotentialProblem[] }) {
  const open = items.filter((one) => one.state !== SOLVED).length;
  return (
    <p className="dealings-note">
      {open > 0 ? <Trans>{open} 个还没解决</Trans> : <Trans>都解决了</Trans>}
    </p>
  );
}

interface ProblemCardProps {
  problem: PotentialProblem;
  onState: (state: string) => void;
  onEdit: () => void;
  onErase: () => void;
}

function ProblemCard({ problem, onState, onEdit, onErase }: ProblemCardProps) {
  const { t } = useLingui();
  const states = useDictionary("problem_state");
  const texts = [
    [t`原因`, problem.cause],
    [t`办法`, problem.solution],
  ].filter(([, text]) => text);
  const chip = <ChoiceChip value={problem.state} choices={states} />;
  return (
    <li className={`problem ${problem.state === SOLVED ? "is-solved" : ""}`}>
      <header>
        {problem.may_edit ? (
          <Dropdown
            trigger={["click"]}
            menu={{
              selectable: true,
              selectedKeys: [problem.state],
              items: states.map(({ value, label }) => ({ key: value, label })),
              onClick: ({ key }) => key !== problem.state && onState(key),
            }}
          >
            <button type="button" className="chip-button" aria-label={t`改状态`}>
              {chip}
            </button>
          </Dropdown>
        ) : (
          chip
        )}
        <small className="faint">
          {[problem.recorded_by?.name, momentText(problem.recorded_at)].filter(Boolean).join(" · ")}
          {problem.solved_on && (
            <>
              {" · "}
              <Trans>
                <CalendarDay day={problem.solved_on} />
                解决
              </Trans>
            </>
          )}
        </small>
        <RowMenu
          label={t`这个问题的更多操作`}
          mayEdit={problem.may_edit}
          onEdit={onEdit}
          onErase={onErase}
        />
      </header>
      <p className="problem-words">{problem.description}</p>
      {texts.length > 0 && (
        <dl>
          {texts.map(([label, text]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {problem.may_edit && !problem.solution && problem.state !== SOLVED && (
        <button type="button" className="link-button problem-missing" onClick={onEdit}>
          <PlusOutlined /> {problem.cause ? t`补上解决办法` : t`补上原因和解决办法`}
        </button>
      )}
    </li>
  );
}
