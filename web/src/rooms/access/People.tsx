import { EllipsisOutlined, UserAddOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Skeleton } from "antd";
import { useState } from "react";
import { changePerson } from "@/api/generated/access";
import type { PersonOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useMe, usePeople } from "@/api/queries";
import { PasswordDrawer } from "@/rooms/access/PasswordDrawer";
import { PersonDrawer } from "@/rooms/access/PersonDrawer";
import { Chip } from "@/ui/Chip";
import { SettingsPart } from "@/ui/SettingsPart";
import { useUndo } from "@/ui/undo";

type Opened =
  | { kind: "person"; person: PersonOut | null }
  | { kind: "password"; person: PersonOut };

/** 同事: who signs in here. A leaver is closed, never deleted: what they wrote keeps their name. */
export function People() {
  const { t } = useLingui();
  const { data, error } = usePeople();
  const [opened, setOpened] = useState<Opened | null>(null);
  // Each opening is a form of its own: nothing typed for one colleague may show for another.
  const [opening, setOpening] = useState(0);
  const open = (what: Opened) => {
    setOpening(opening + 1);
    setOpened(what);
  };
  const close = () => setOpened(null);
  const people = [...(data?.items ?? [])].sort(
    (one, other) => Number(other.is_active) - Number(one.is_active),
  );
  return (
    <SettingsPart
      title={t`同事`}
      note={t`添加后就能用账号和密码登录。`}
      action={
        <Button
          type="primary"
          icon={<UserAddOutlined />}
          onClick={() => open({ kind: "person", person: null })}
        >
          {t`添加同事`}
        </Button>
      }
    >
      {error && !data ? (
        <p role="alert">{messageOf(error)}</p>
      ) : !data ? (
        <Skeleton active />
      ) : (
        <ul className="settings-list">
          {people.map((person) => (
            <PersonLine key={person.id} person={person} onOpen={open} />
          ))}
        </ul>
      )}
      <PersonDrawer
        key={`person-${opening}`}
        open={opened?.kind === "person"}
        person={opened?.kind === "person" ? opened.person : null}
        onClose={close}
      />
      <PasswordDrawer
        key={`password-${opening}`}
        person={opened?.kind === "password" ? opened.person : null}
        onClose={close}
      />
    </SettingsPart>
  );
}

interface PersonLineProps {
  person: PersonOut;
  onOpen: (opened: Opened) => void;
}

function PersonLine({ person, onOpen }: PersonLineProps) {
  const { t } = useLingui();
  const me = useMe();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const undo = useUndo();
  const setActive = async (is_active: boolean) => {
    await changePerson(person.id, { is_active });
    await cache.invalidateQueries({ queryKey: ["people"] });
  };
  const toggle = async () => {
    try {
      await setActive(!person.is_active);
      const done = person.is_active ? t`${person.name}不能再登录了` : t`${person.name}又能登录了`;
      undo(done, () => setActive(person.is_active));
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  const edit = () => onOpen({ kind: "person", person });
  return (
    <li className={person.is_active ? "" : "is-closed"}>
      <span className="settings-who">
        <strong>{person.name}</strong>
        {person.id === me.id && (
          <span className="faint">
            {" "}
            <Trans>（我）</Trans>
          </span>
        )}
        <small>{[person.username, person.department?.name].filter(Boolean).join(" · ")}</small>
      </span>
      {!person.is_active && <Chip color="grey">{t`已停用`}</Chip>}
      {person.role === "administrator" && <Chip color="teal">{t`管理员`}</Chip>}
      <Button size="small" type="text" onClick={edit} aria-label={t`修改${person.name}`}>
        {t`修改`}
      </Button>
      <Dropdown
        trigger={["click"]}
        placement="bottomRight"
        menu={{
          items: [
            { key: "password", label: t`重设密码` },
            {
              key: "active",
              label: person.is_active ? t`停用账号` : t`恢复账号`,
              danger: person.is_active,
              disabled: person.id === me.id,
            },
          ],
          onClick: ({ key }) =>
            key === "password" ? onOpen({ kind: "password", person }) : void toggle(),
        }}
      >
        <Button
          size="small"
          type="text"
          icon={<EllipsisOutlined />}
          aria-label={t`${person.name}的更多操作`}
        />
      </Dropdown>
    </li>
  );
}
