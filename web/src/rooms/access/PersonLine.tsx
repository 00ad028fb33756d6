import { EllipsisOutlined, SafetyCertificateOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, type MenuProps } from "antd";
import { changePerson } from "@/api/generated/access";
import { messageOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { dayText } from "@/lib/days";
import type { Opened } from "@/rooms/access/People";
import { useRoles } from "@/rooms/access/roleQueries";
import type { Colleague } from "@/rooms/access/roleTypes";
import { Chip } from "@/ui/Chip";

interface PersonLineProps {
  person: Colleague;
  onOpen: (opened: Opened) => void;
  onViewAs: ((person: number) => Promise<void>) | undefined;
}

/** One colleague: who, in which role, how well the account is guarded. */
export function PersonLine({ person, onOpen, onViewAs }: PersonLineProps) {
  const { t } = useLingui();
  const me = useMe();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const isMe = person.id === me.id;
  const tell = (error: unknown) => message.error(messageOf(error));
  const reopen = async () => {
    await changePerson(person.id, { is_active: true });
    await cache.invalidateQueries({ queryKey: ["people"] });
    message.success(t`${person.name}又能登录了`);
  };
  const items: MenuProps["items"] = person.is_active
    ? [
        { key: "edit", label: t`修改` },
        ...(person.is_service ? [] : [{ key: "password", label: t`重设密码` }]),
        ...(onViewAs && !isMe ? [{ key: "view", label: t`以他的视角查看` }] : []),
        {
          key: "departure",
          label: person.is_service ? t`停用` : t`办理离职`,
          danger: true,
          disabled: isMe,
        },
      ]
    : [{ key: "reopen", label: t`恢复账号` }];
  const choose: MenuProps["onClick"] = ({ key }) => {
    if (key === "edit") onOpen({ kind: "person", person });
    else if (key === "password") onOpen({ kind: "password", person });
    else if (key === "departure") onOpen({ kind: "departure", person });
    else if (key === "view") onViewAs?.(person.id).catch(tell);
    else reopen().catch(tell);
  };
  return (
    <li className={person.is_active ? "" : "is-closed"}>
      <span className="people-face" aria-hidden>
        {person.name.slice(-2)}
      </span>
      <button
        type="button"
        className="people-who"
        disabled={!person.is_active}
        onClick={() => onOpen({ kind: "person", person })}
      >
        <strong>
          {person.name}
          {isMe && (
            <span className="faint">
              <Trans>（我）</Trans>
            </span>
          )}
        </strong>
        <small>
          {[person.is_service ? "" : person.username, person.department?.name]
            .filter(Boolean)
            .join(" · ")}
        </small>
      </button>
      <span className="people-marks">
        {person.is_service && <Chip color="violet">{t`服务账号`}</Chip>}
        {person.left_on && !person.is_active && (
          <small className="faint">{t`${dayText(person.left_on)}离职`}</small>
        )}
        <SecondFactor person={person} />
        <Chip color={person.role === "administrator" ? "teal" : "grey"}>{person.role_name}</Chip>
      </span>
      <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items, onClick: choose }}>
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

/** Nothing where it does not matter: a program, a closed account, or one may not know. */
function SecondFactor({ person }: { person: Colleague }) {
  const { t } = useLingui();
  const { data: roles } = useRoles();
  if (person.second_factor === null || person.is_service || !person.is_active) return null;
  if (person.second_factor) {
    return (
      <span className="people-safe" title={t`两步验证已开`}>
        <SafetyCertificateOutlined aria-label={t`两步验证已开`} />
      </span>
    );
  }
  const isNeeded = roles?.items.find((one) => one.key === person.role)?.needs_second_factor;
  return isNeeded ? <Chip color="amber">{t`还没设两步验证`}</Chip> : null;
}
