import { ArrowRightOutlined, InfoCircleOutlined, SwapOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, App, Button, Checkbox, Skeleton } from "antd";
import { useState } from "react";
import type { MergeField, MergePlan } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { MergeSides } from "@/rooms/customers/quality/MergeSides";
import { useMergePlan, useMerging } from "@/rooms/customers/quality/queries";
import { Trouble } from "@/ui/Trouble";
import { useUndo } from "@/ui/undo";

interface MergeDeskProps {
  ids: number[];
  onDone: (survivor: number) => void;
  onUndone: () => void;
}

/** 合并: two or more customers side by side; what goes where is seen before anything is done. */
export function MergeDesk({ ids, onDone, onUndone }: MergeDeskProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const offerUndo = useUndo();
  const [survivor, setSurvivor] = useState(ids[0] ?? 0);
  const [chosen, setChosen] = useState<Record<string, number>>({});
  const plan = useMergePlan(
    survivor,
    ids.filter((id) => id !== survivor),
  );
  const { merge, undo } = useMerging();
  if (plan.error) return <Trouble error={plan.error} onRetry={() => void plan.refetch()} />;
  if (!plan.data) return <Skeleton active title={false} paragraph={{ rows: 10 }} />;
  const { data } = plan;
  const refusals = data.notes.filter((note) => note.level === "refusal");
  const hints = data.notes.filter((note) => note.level !== "refusal");
  const carryOut = async () => {
    try {
      const done = await merge.mutateAsync({
        survivor_id: survivor,
        absorbed_ids: ids.filter((id) => id !== survivor),
        chosen,
      });
      offerUndo(t`合并好了`, async () => {
        await undo(done.id);
        onUndone();
      });
      onDone(survivor);
    } catch (error) {
      message.error(messageOf(error), 6);
    }
  };
  return (
    <div className="merge">
      <h2 className="merge-first">
        <Trans>保留哪一位</Trans>
      </h2>
      <MergeSides
        plan={data}
        ids={ids}
        onSurvivor={(id) => {
          setSurvivor(id);
          setChosen({});
        }}
      />
      {refusals.map((note) => (
        <Alert key={note.message} type="error" showIcon title={note.message} />
      ))}
      {hints.length > 0 && (
        <ul className="merge-hints">
          {hints.map((note) => (
            <li key={note.message}>
              <InfoCircleOutlined aria-hidden />
              {note.message}
            </li>
          ))}
        </ul>
      )}
      <Fields plan={data} ids={ids} chosen={chosen} onChoose={setChosen} />
      <Moves plan={data} />
      <footer className="merge-foot">
        <Button
          type="primary"
          size="large"
          loading={merge.isPending}
          disabled={refusals.length > 0 || plan.isFetching}
          onClick={() => void carryOut()}
        >
          <Trans>合并到“{short(data.survivor.name)}”</Trans>
        </Button>
        <small>
          <Trans>并入的客户不再单独出现，它的一切都跟着过来。</Trans>
        </small>
      </footer>
    </div>
  );
}

interface FieldsProps {
  plan: MergePlan;
  ids: number[];
  chosen: Record<string, number>;
  onChoose: (chosen: Record<string, number>) => void;
}

function Fields({ plan, ids, chosen, onChoose }: FieldsProps) {
  const { t } = useLingui();
  const [showsAll, setShowsAll] = useState(false);
  const clashes = plan.fields.filter((field) => field.clash);
  const shown = showsAll ? plan.fields : clashes;
  return (
    <section className="merge-fields" aria-label={t`逐项选择`}>
      <header>
        <h2>
          {clashes.length > 0 ? (
            <Trans>{clashes.length} 项填得不一样，选要保留的</Trans>
          ) : (
            <Trans>没有冲突的资料</Trans>
          )}
        </h2>
        {plan.fields.length > clashes.length && (
          <Checkbox checked={showsAll} onChange={(event) => setShowsAll(event.target.checked)}>
            <Trans>也看没有冲突的</Trans>
          </Checkbox>
        )}
      </header>
      {shown.map((field) => (
        <FieldRow
          key={field.field}
          field={field}
          ids={ids}
          value={chosen[field.field] ?? field.chosen}
          onChoose={(id) => onChoose({ ...chosen, [field.field]: id })}
        />
      ))}
    </section>
  );
}

function FieldRow({
  field,
  ids,
  value,
  onChoose,
}: {
  field: MergeField;
  ids: number[];
  value: number;
  onChoose: (id: number) => void;
}) {
  const { t } = useLingui();
  const values = new Map(field.values.map((one) => [one.customer_id, one.shown]));
  return (
    <fieldset className={`merge-field ${field.clash ? "has-clash" : ""}`}>
      <legend>{field.label}</legend>
      {ids.map((id) => {
        const shown = values.get(id) ?? "";
        return (
          <label key={id} className={id === value ? "is-chosen" : ""}>
            <input
              type="radio"
              name={field.field}
              checked={id === value}
              disabled={!field.may_choose || shown === ""}
              onChange={() => onChoose(id)}
            />
            {shown === "" ? <span className="faint">{t`没有填`}</span> : <span>{shown}</span>}
          </label>
        );
      })}
    </fieldset>
  );
}

function Moves({ plan }: { plan: MergePlan }) {
  const moved = plan.moves.filter((move) => move.count > 0);
  return (
    <section className="merge-moves">
      <h2>
        <SwapOutlined /> <Trans>一起过来的</Trans>
      </h2>
      {moved.length === 0 ? (
        <p className="faint">
          <Trans>并入的客户没有其他记录。</Trans>
        </p>
      ) : (
        <ul>
          {moved.map((move) => (
            <li key={move.kind}>
              <ArrowRightOutlined aria-hidden /> {move.label} <b>{move.count}</b>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const LONGEST = 16;

function short(name: string): string {
  return name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name;
}
