import { ArrowLeftOutlined, DeleteOutlined, EyeOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Popconfirm } from "antd";
import { useState } from "react";
import { messageOf } from "@/api/problem";
import { useIsPhone } from "@/lib/screen";
import { RoleEditor } from "@/rooms/access/RoleEditor";
import { deleteRole } from "@/rooms/access/roleApi";
import { roleKey, useColleagues } from "@/rooms/access/roleQueries";
import type { Role, Vocabulary } from "@/rooms/access/roleTypes";
import { LeaveGuard } from "@/ui/LeaveGuard";

interface RolePageProps {
  role: Role;
  words: Vocabulary;
  onClose: () => void;
  onViewAs: (role: number) => Promise<void>;
}

const SHOWN_HOLDERS = 4;

/** One role: who has it, what it grants, and a look through its eyes. */
export function RolePage({ role, words, onClose, onViewAs }: RolePageProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const isPhone = useIsPhone();
  const cache = useQueryClient();
  const [isDirty, setDirty] = useState(false);
  const [isEntering, setEntering] = useState(false);
  const enter = async () => {
    setEntering(true);
    try {
      await onViewAs(role.id);
    } catch (error) {
      message.error(messageOf(error));
      setEntering(false);
    }
  };
  const remove = async () => {
    try {
      await deleteRole(role.id);
      onClose();
      await cache.invalidateQueries({ queryKey: roleKey });
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  return (
    <>
      <header className="role-head">
        <Button type="text" icon={<ArrowLeftOutlined />} aria-label={t`返回`} onClick={onClose} />
        <div className="role-title">
          <h2>{role.name}</h2>
          <Holders role={role} />
        </div>
        <Button
          icon={<EyeOutlined />}
          onClick={enter}
          loading={isEntering}
          disabled={isDirty}
          title={isDirty ? t`先保存，再看` : undefined}
        >
          <Trans>以这个角色查看</Trans>
        </Button>
        {!role.fixed && (
          <Popconfirm
            title={t`删除“${role.name}”？`}
            description={t`删了就找不回来。`}
            okText={t`删除`}
            cancelText={t`留着`}
            disabled={role.holders > 0}
            onConfirm={remove}
          >
            <Button
              danger
              type="text"
              icon={isPhone ? <DeleteOutlined /> : null}
              aria-label={t`删除`}
              disabled={role.holders > 0}
              title={role.holders > 0 ? t`还有人用着，先给他们换个角色` : undefined}
            >
              {isPhone ? null : t`删除`}
            </Button>
          </Popconfirm>
        )}
      </header>
      <RoleEditor role={role} words={words} onDirty={setDirty} />
      <LeaveGuard isDirty={isDirty} />
    </>
  );
}

function Holders({ role }: { role: Role }) {
  const { t } = useLingui();
  const { data } = useColleagues();
  const names = (data?.items ?? [])
    .filter((one) => one.role === role.key && one.is_active)
    .map((one) => one.name);
  if (role.holders === 0) return <small className="faint">{t`还没人用`}</small>;
  const shown = names.slice(0, SHOWN_HOLDERS).join("、");
  return (
    <small className="soft">
      {names.length > SHOWN_HOLDERS
        ? t`${shown}等 ${role.holders} 人`
        : shown || t`${role.holders} 人`}
    </small>
  );
}
