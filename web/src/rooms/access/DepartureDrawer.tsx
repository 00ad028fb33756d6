import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Input, Select, Skeleton } from "antd";
import { useState } from "react";
import { closePerson } from "@/api/generated/access";
import { labelled } from "@/api/people";
import { messageOf } from "@/api/problem";
import { followHandOver } from "@/rooms/access/handOver";
import { likelySuccessors } from "@/rooms/access/peopleFilter";
import { departmentKey } from "@/rooms/access/queries";
import { getBelongings } from "@/rooms/access/roleApi";
import { roleKey } from "@/rooms/access/roleQueries";
import type { Belongings, Colleague } from "@/rooms/access/roleTypes";
import { FormDrawer } from "@/ui/FormDrawer";
import { Pills } from "@/ui/Pills";
import { Trouble } from "@/ui/Trouble";

interface DepartureDrawerProps {
  /** Who leaves; null: closed. */
  person: Colleague | null;
  people: Colleague[];
  onClose: () => void;
}

const POOL = "pool";
const AT_HAND = 5;
const LONGEST_NOTE = 200;

/** 办理离职: what the leaver holds, who takes it over, one button. */
export function DepartureDrawer({ person, people, onClose }: DepartureDrawerProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [taker, setTaker] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const {
    data: belongings,
    error,
    refetch,
  } = useQuery({
    queryKey: ["people", person?.id, "belongings"],
    queryFn: () => getBelongings(person?.id ?? 0),
    enabled: person !== null,
    staleTime: 0,
  });
  if (!person) return null;
  const others = likelySuccessors(person, labelled(people));
  const hasAnything = belongings ? belongings.customers + belongings.tasks > 0 : true;
  const submit = async () => {
    if (isBusy || !belongings) return;
    if (hasAnything && taker === null) {
      setProblem(t`先选一位接手的同事，或者放回公海`);
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const successor_id = taker === null || taker === POOL ? null : Number(taker);
      await closePerson(person.id, { successor_id, note: note.trim() });
      if (belongings.customers > 0) await followHandOver(person);
      await cache.invalidateQueries({ queryKey: ["people"] });
      void cache.invalidateQueries({ queryKey: roleKey });
      void cache.invalidateQueries({ queryKey: departmentKey });
      message.success(t`${person.name}的账号停用了`);
      onClose();
    } catch (failure) {
      setProblem(messageOf(failure));
    } finally {
      setBusy(false);
    }
  };
  const pills = [
    ...others.slice(0, AT_HAND).map((one) => ({ value: String(one.id), label: one.label })),
    { value: POOL, label: t`放回公海` },
  ];
  return (
    <FormDrawer
      title={person.is_service ? t`停用${person.name}` : t`给${person.name}办理离职`}
      open
      onClose={onClose}
      onSubmit={submit}
      submitLabel={hasAnything ? t`停用并转交` : t`停用`}
      isBusy={isBusy}
    >
      <div className="departure">
        {problem && <Alert type="error" showIcon title={problem} role="alert" />}
        {error ? (
          <Trouble error={error} onRetry={() => void refetch()} />
        ) : belongings ? (
          <Holds name={person.name} of={belongings} />
        ) : (
          <Skeleton active title={false} paragraph={{ rows: 2 }} />
        )}
        {belongings && hasAnything && (
          <>
            <div>
              <span className="departure-label">
                <Trans>谁来接手</Trans>
              </span>
              <Pills
                label={t`谁来接手`}
                value={taker}
                options={pills}
                onChange={(next) => setTaker(next)}
              />
              {others.length > AT_HAND && (
                <Select
                  className="departure-more"
                  showSearch={{ optionFilterProp: "label" }}
                  placeholder={t`找别的同事`}
                  aria-label={t`找别的同事`}
                  value={pills.some((one) => one.value === taker) ? null : taker}
                  onChange={(next) => setTaker(next)}
                  options={others
                    .slice(AT_HAND)
                    .map(({ id, label }) => ({ value: String(id), label }))}
                />
              )}
            </div>
            <div>
              <label className="departure-label" htmlFor="departure-note">
                <Trans>交接说明（选填）</Trans>
              </label>
              <Input.TextArea
                id="departure-note"
                value={note}
                maxLength={LONGEST_NOTE}
                autoSize={{ minRows: 2, maxRows: 5 }}
                placeholder={t`写给接手的同事，会记在每位客户的动态里`}
                onChange={(event) => setNote(event.target.value)}
              />
            </div>
          </>
        )}
        <p className="soft departure-then">
          {person.is_service ? (
            <Trans>停用后，它的令牌马上失效。做过的事仍记在它名下。</Trans>
          ) : (
            <Trans>
              停用后，他马上退出登录，令牌一并失效。他写过的跟进、维护都留着名字；账号以后还能恢复，转走的客户不会自动回来。
            </Trans>
          )}
        </p>
      </div>
    </FormDrawer>
  );
}

function Holds({ name, of }: { name: string; of: Belongings }) {
  if (of.customers + of.tasks + of.collaborations === 0) {
    return (
      <p className="departure-none">
        <Trans>{name}手上没有客户，也没有待办，直接停用就好。</Trans>
      </p>
    );
  }
  return (
    <ul className="departure-holds">
      <li>
        <strong className="number">{of.customers}</strong>
        <Plural value={of.customers} one="位客户" other="位客户" />
      </li>
      <li>
        <strong className="number">{of.tasks}</strong>
        <Plural value={of.tasks} one="项待办" other="项待办" />
      </li>
      <li>
        <strong className="number">{of.collaborations}</strong>
        <Plural value={of.collaborations} one="位在协作" other="位在协作" />
      </li>
    </ul>
  );
}
