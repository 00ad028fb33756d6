import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Dropdown } from "antd";
import { useMemo, useState } from "react";
import { share, unshare } from "@/api/generated/customers";
import type { CustomerOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { cache } from "@/api/queries";
import { customerKeys } from "@/rooms/customers/queries";
import { PersonSelect } from "@/ui/fields/PersonSelect";
import { useUndo } from "@/ui/undo";

type Held = CustomerOut["collaborators"][number];

/** 协作人: who else works on this customer, and whether they may change it. */
export function Collaborators({ customer }: { customer: CustomerOut }) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const offerUndo = useUndo();
  const [isAdding, setAdding] = useState(false);
  const { collaborators, can } = customer;
  if (collaborators.length === 0 && !can.share) return null;

  const run = async (action: () => Promise<unknown>): Promise<boolean> => {
    try {
      await action();
      return true;
    } catch (error) {
      message.error(messageOf(error));
      return false;
    } finally {
      await cache.invalidateQueries({ queryKey: customerKeys.one(customer.id) });
      void cache.invalidateQueries({ queryKey: ["timeline", customer.id] });
    }
  };
  const put = (person: number, mayEdit: boolean) =>
    run(() => share(customer.id, person, { may_edit: mayEdit }));
  const remove = async ({ id, name, may_edit: mayEdit }: Held) => {
    if (!(await run(() => unshare(customer.id, id)))) return;
    offerUndo(t`不再和${name}共享`, async () => {
      await put(id, mayEdit);
    });
  };
  return (
    <section className="collaborators" aria-label={t`协作人`}>
      <div className="contacts-head">
        <h2>
          <Trans>协作人</Trans>
        </h2>
        {can.share && !isAdding && (
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined />}
            aria-label={t`请同事协作`}
            title={t`请同事协作`}
            onClick={() => setAdding(true)}
          />
        )}
      </div>
      {collaborators.length === 0 && !isAdding && (
        <p className="soft">
          <Trans>只有负责人在跟。要一起跟，请一位同事进来。</Trans>
        </p>
      )}
      {collaborators.length > 0 && (
        <ul>
          {collaborators.map((one) => (
            <li key={one.id}>
              <span className="avatar" aria-hidden>
                {one.name.slice(-2)}
              </span>
              <span className="collaborator-name">{one.name}</span>
              {can.share ? (
                <LevelChoice held={one} onChange={(mayEdit) => void put(one.id, mayEdit)} />
              ) : (
                <span className="faint">{one.may_edit ? t`可改` : t`可看`}</span>
              )}
              {can.share && (
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  aria-label={t`不再和${one.name}共享`}
                  title={t`不再共享`}
                  onClick={() => void remove(one)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {isAdding && (
        <PersonPick
          customer={customer}
          onLeave={() => setAdding(false)}
          onPick={(person) => {
            setAdding(false);
            void put(person, false);
          }}
        />
      )}
    </section>
  );
}

interface LevelChoiceProps {
  held: Held;
  onChange: (mayEdit: boolean) => void;
}

function LevelChoice({ held, onChange }: LevelChoiceProps) {
  const { t } = useLingui();
  const items = [
    { key: "read", label: t`可看` },
    { key: "edit", label: t`可改，也能记跟进` },
  ];
  const now = held.may_edit ? "edit" : "read";
  const word = held.may_edit ? t`可改` : t`可看`;
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items,
        selectedKeys: [now],
        onClick: ({ key }) => key !== now && onChange(key === "edit"),
      }}
    >
      <button type="button" className="link-button" aria-label={`${held.name} ${word}`}>
        {word}
      </button>
    </Dropdown>
  );
}

interface PersonPickProps {
  customer: CustomerOut;
  onPick: (person: number) => void;
  onLeave: () => void;
}

/** A colleague who does not have the customer yet, by a few letters of the name. */
function PersonPick({ customer, onPick, onLeave }: PersonPickProps) {
  const { t } = useLingui();
  const taken = useMemo(
    () => new Set([customer.owner?.id, ...customer.collaborators.map((one) => one.id)]),
    [customer],
  );
  return (
    <PersonSelect
      className="collaborator-pick"
      aria-label={t`请哪位同事`}
      placeholder={t`请哪位同事`}
      autoFocus
      defaultOpen
      except={taken}
      onChange={(id) => id !== null && onPick(id)}
      onInputKeyDown={(event) => {
        if (event.key === "Escape") onLeave();
      }}
      onBlur={onLeave}
    />
  );
}
