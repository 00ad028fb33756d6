import { ApartmentOutlined, PlusOutlined } from "@ant-design/icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import type { DepartmentOut } from "@/api/generated/zhike.schemas";
import { messageOf } from "@/api/problem";
import { usePeople } from "@/api/queries";
import { DepartmentDrawer } from "@/rooms/access/DepartmentDrawer";
import { branches, useDepartments } from "@/rooms/access/queries";
import { EmptyState } from "@/ui/EmptyState";
import { SettingsPart } from "@/ui/SettingsPart";

/** What the drawer works on: a department to change, or the place of a new one. */
export interface DepartmentEdit {
  department: DepartmentOut | null;
  parent: number | null;
}

const STEP = 24;

/** 部门: the tree, each with how many people sit in it. */
export function Departments() {
  const { t } = useLingui();
  const { data, error } = useDepartments();
  const { data: people } = usePeople();
  const [edit, setEdit] = useState<DepartmentEdit | null>(null);
  // Each opening is a form of its own: nothing typed for one department may show for another.
  const [opening, setOpening] = useState(0);
  const open = (what: DepartmentEdit) => {
    setOpening(opening + 1);
    setEdit(what);
  };
  const heads = (id: number) =>
    people?.items.filter((person) => person.is_active && person.department?.id === id).length ?? 0;
  const add = () => open({ department: null, parent: null });
  return (
    <SettingsPart
      title={t`部门`}
      note={t`分好了，同事和统计都按部门看。`}
      action={
        <Button icon={<PlusOutlined />} onClick={add}>
          {t`添加部门`}
        </Button>
      }
    >
      {error && !data ? (
        <p role="alert">{messageOf(error)}</p>
      ) : !data ? (
        <Skeleton active />
      ) : data.items.length === 0 ? (
        <EmptyState icon={<ApartmentOutlined />} title={t`还没有部门`}>
          <Trans>人不多可以先不分。要分的话，从最上面一层加起。</Trans>
        </EmptyState>
      ) : (
        <ul className="settings-list">
          {branches(data.items).map((branch) => (
            <li key={branch.id}>
              <span className="settings-who" style={{ paddingLeft: branch.depth * STEP }}>
                {branch.depth > 0 && (
                  <span className="tree-indent" aria-hidden>
                    └{" "}
                  </span>
                )}
                <strong>{branch.name}</strong>
              </span>
              <span className="settings-aside number">
                {heads(branch.id) > 0 && (
                  <Plural value={heads(branch.id)} one="# 人" other="# 人" />
                )}
              </span>
              <Button
                size="small"
                type="text"
                onClick={() => open({ department: null, parent: branch.id })}
                aria-label={t`在${branch.name}下面添加`}
              >
                {t`加下级`}
              </Button>
              <Button
                size="small"
                type="text"
                onClick={() => open({ department: branch, parent: branch.parent_id })}
                aria-label={t`修改${branch.name}`}
              >
                {t`修改`}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <DepartmentDrawer key={opening} edit={edit} onClose={() => setEdit(null)} />
    </SettingsPart>
  );
}
