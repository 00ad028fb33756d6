import { LockOutlined, PlusOutlined } from "@ant-design/icons";
import { Plural, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import { NewRole } from "@/rooms/access/NewRole";
import { RolePage } from "@/rooms/access/RolePage";
import { useRoles, useVocabulary } from "@/rooms/access/roleQueries";
import { SHIPPED } from "@/rooms/access/roleWords";
import { Chip } from "@/ui/Chip";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/access/roles.css";

interface RolesProps {
  /** The role that is open. */
  open: number | undefined;
  onOpen: (id: number | undefined) => void;
  onViewAs: (role: number) => Promise<void>;
}

/** 角色与权限: the list, or one role. */
export function Roles({ open, onOpen, onViewAs }: RolesProps) {
  const { t } = useLingui();
  const list = useRoles();
  const vocabulary = useVocabulary();
  const { data: roles } = list;
  const { data: words } = vocabulary;
  const [isAdding, setAdding] = useState(false);
  const failed = [list, vocabulary].filter((one) => one.error && !one.data);
  if (failed[0]) {
    return <Trouble error={failed[0].error} onRetry={() => failed.map((one) => one.refetch())} />;
  }
  if (!roles || !words) return <Skeleton active />;
  const role = roles.items.find((one) => one.id === open);
  if (role) {
    return (
      <RolePage
        key={role.id}
        role={role}
        words={words}
        onClose={() => onOpen(undefined)}
        onViewAs={onViewAs}
      />
    );
  }
  return (
    <SettingsPart
      title={t`角色与权限`}
      note={t`每位同事有一个角色：看得到哪些客户、哪些内容，可以做什么。改完马上生效。`}
      action={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t`添加角色`}
        </Button>
      }
    >
      <ul className="settings-list">
        {roles.items.map((one) => (
          <li key={one.id} className="role-line">
            <span className="settings-who">
              <Link to="/settings" search={{ part: "roles", role: one.id }}>
                <strong>{one.name}</strong>
              </Link>
              <small>{one.note}</small>
            </span>
            {one.needs_second_factor && <Chip color="blue">{t`两步验证`}</Chip>}
            {one.fixed ? (
              <Chip color="teal">
                <LockOutlined /> {t`固定`}
              </Chip>
            ) : (
              SHIPPED.has(one.key) && <Chip color="grey">{t`内置`}</Chip>
            )}
            <span className="settings-aside role-holders number">
              {one.holders > 0 ? (
                <Plural value={one.holders} one="# 人" other="# 人" />
              ) : (
                <span className="faint">{t`没人用`}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
      <NewRole
        open={isAdding}
        roles={roles.items}
        onClose={() => setAdding(false)}
        onAdded={(id) => {
          setAdding(false);
          onOpen(id);
        }}
      />
    </SettingsPart>
  );
}
