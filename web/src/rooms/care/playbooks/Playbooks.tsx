import {
  CopyOutlined,
  DeleteOutlined,
  EditOutlined,
  EllipsisOutlined,
  OrderedListOutlined,
  PlusOutlined,
} from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Dropdown, type MenuProps, Skeleton } from "antd";
import { useState } from "react";
import type { PlaybookOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { useRights } from "@/api/rights";
import { PlaybookDrawer } from "@/rooms/care/playbooks/PlaybookDrawer";
import { usePlaybookActions, usePlaybooks } from "@/rooms/care/playbooks/queries";
import { StepIcon } from "@/rooms/care/playbooks/StepLine";
import { lengthOf } from "@/rooms/care/playbooks/steps";
import { Chip } from "@/ui/Chip";
import { EmptyState } from "@/ui/EmptyState";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/care/playbooks/playbooks.css";

/** What stands in the editor: one that is there, one to begin from, or an empty one. */
interface Editing {
  playbook: PlaybookOut | null;
  like?: PlaybookOut;
}

/** 跟进计划: the plans one may start, and writing them. */
export function Playbooks() {
  const { t } = useLingui();
  const { data, error, refetch } = usePlaybooks();
  const mayWrite = useRights().may("log");
  const [editing, setEditing] = useState<Editing | null>(null);
  const begin = () => setEditing({ playbook: null });
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  return (
    <SettingsPart
      title={t`跟进计划`}
      note={t`把走得通的做法写成几步，用一次排好一串日子。在客户页里，或在客户列表里选中几位，就能启动。`}
      action={
        mayWrite && (
          <Button icon={<PlusOutlined />} onClick={begin}>
            {t`新建计划`}
          </Button>
        )
      }
    >
      {!data && <Skeleton active />}
      {data?.items.length === 0 && (
        <EmptyState
          icon={<OrderedListOutlined />}
          title={t`还没有计划`}
          action={mayWrite && <Button type="primary" onClick={begin}>{t`写第一个计划`}</Button>}
        >
          <Trans>比如“新客户 30 天开发”：第 0 天电话，第 9 天见面，第 19 天讲方案。</Trans>
        </EmptyState>
      )}
      <ul className="playbooks">
        {data?.items.map((playbook) => (
          <PlaybookLine
            key={playbook.id}
            playbook={playbook}
            mayWrite={mayWrite}
            onEdit={() => setEditing({ playbook })}
            onCopy={() => setEditing({ playbook: null, like: playbook })}
          />
        ))}
      </ul>
      {editing && (
        <PlaybookDrawer
          playbook={editing.playbook}
          like={editing.like ?? null}
          onClose={() => setEditing(null)}
        />
      )}
    </SettingsPart>
  );
}

interface PlaybookLineProps {
  playbook: PlaybookOut;
  mayWrite: boolean;
  onEdit: () => void;
  onCopy: () => void;
}

function PlaybookLine({ playbook, mayWrite, onEdit, onCopy }: PlaybookLineProps) {
  const { t } = useLingui();
  const { message, modal } = App.useApp();
  const { archive } = usePlaybookActions();
  const { name, steps, running } = playbook;
  const remove = () =>
    modal.confirm({
      title: t`删除“${name}”？`,
      content:
        running > 0
          ? t`正在进行的 ${running} 位客户会照原来的步骤走完，只是不能再启动新的。`
          : t`以后不能再启动这个计划，已经排好的待办不受影响。`,
      okText: t`删除`,
      okButtonProps: { danger: true },
      cancelText: t`取消`,
      onOk: () => archive(playbook).catch((error) => void message.error(messageOf(error))),
    });
  const menu: MenuProps["items"] & object = [];
  if (mayWrite) {
    menu.push({ key: "copy", icon: <CopyOutlined />, label: t`照着写一个`, onClick: onCopy });
  }
  if (playbook.can_edit) {
    const icon = <DeleteOutlined />;
    menu.push({ key: "delete", icon, label: t`删除`, danger: true, onClick: remove });
  }
  return (
    <li className="playbook">
      <div className="playbook-head">
        <h3>{name}</h3>
        {!playbook.is_shared && <Chip color="blue">{t`只有我用`}</Chip>}
        <span className="playbook-facts faint">
          <Trans>
            {steps.length} 步，{lengthOf(steps)} 天
          </Trans>
          {running > 0 && (
            <>
              {" · "}
              <Plural value={running} one="# 位进行中" other="# 位进行中" />
            </>
          )}
        </span>
        <span className="playbook-tools">
          {playbook.can_edit && (
            <Button
              size="small"
              icon={<EditOutlined />}
              aria-label={t`修改“${name}”`}
              onClick={onEdit}
            >
              {t`修改`}
            </Button>
          )}
          {menu.length > 0 && (
            <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items: menu }}>
              <Button
                size="small"
                type="text"
                icon={<EllipsisOutlined />}
                aria-label={t`“${name}”的更多操作`}
              />
            </Dropdown>
          )}
        </span>
      </div>
      {playbook.goal && <p className="soft">{playbook.goal}</p>}
      <ol className="playbook-steps" aria-label={t`“${name}”的步骤`}>
        {steps.map((step, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
          <li key={place} title={step.content || undefined}>
            <span className="step-day number">{t`第 ${step.after} 天`}</span>
            <StepIcon way={step.way} />
            {step.title}
          </li>
        ))}
      </ol>
    </li>
  );
}
