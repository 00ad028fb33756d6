import { CaretDownOutlined, EllipsisOutlined, PlusOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown } from "antd";
import type { ReactNode } from "react";
import { useState } from "react";
import { removeDepartment } from "@/api/generated/access";
import { messageOf } from "@/api/problem";
import { DepartmentDrawer, type DepartmentEdit } from "@/rooms/access/DepartmentDrawer";
import { headCounts, type Place, shownBranches } from "@/rooms/access/peopleFilter";
import { type Branch, departmentKey } from "@/rooms/access/queries";
import type { Colleague, Department } from "@/rooms/access/roleTypes";

interface DepartmentTreeProps {
  departments: Department[];
  people: Colleague[];
  place: Place;
  onPlace: (place: Place) => void;
}

const STEP = 16;

/** The departments at the left: choose one to see its people; add, rename, move and delete. */
export function DepartmentTree({ departments, people, place, onPlace }: DepartmentTreeProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set());
  const [edit, setEdit] = useState<DepartmentEdit | null>(null);
  // Each opening is a form of its own: nothing typed for one department may show for another.
  const [opening, setOpening] = useState(0);
  const open = (what: DepartmentEdit) => {
    setOpening(opening + 1);
    setEdit(what);
  };
  const heads = headCounts(people, departments);
  const active = people.filter((one) => one.is_active);
  const loose = active.filter((one) => one.department === null).length;
  const isParent = (id: number) => departments.some((one) => one.parent_id === id);
  const toggle = (id: number) => {
    const next = new Set(closed);
    if (!next.delete(id)) next.add(id);
    setClosed(next);
  };
  const remove = async (one: Department) => {
    try {
      await removeDepartment(one.id);
      if (place === one.id) onPlace("all");
      await cache.invalidateQueries({ queryKey: departmentKey });
      message.success(t`“${one.name}”删掉了`);
    } catch (error) {
      message.error(messageOf(error));
    }
  };
  const menu = (branch: Branch) => {
    const isEmpty = branch.people === 0 && !isParent(branch.id);
    return {
      items: [
        { key: "add", label: t`加下级部门` },
        { key: "edit", label: t`改名或移动` },
        {
          key: "delete",
          label: isEmpty ? t`删除` : t`删除（空了才能删）`,
          danger: true,
          disabled: !isEmpty,
        },
      ],
      onClick: ({ key }: { key: string }) => {
        if (key === "add") open({ department: null, parent: branch.id });
        else if (key === "edit") open({ department: branch, parent: branch.parent_id });
        else void remove(branch);
      },
    };
  };
  const line = (at: Place, label: ReactNode, count: number) => (
    <button
      type="button"
      className="tree-name"
      aria-current={place === at ? "true" : undefined}
      onClick={() => onPlace(at)}
    >
      <span>{label}</span>
      <small className="number">{count > 0 ? count : ""}</small>
    </button>
  );
  return (
    <nav className="tree" aria-label={t`部门`}>
      <ul>
        <li>{line("all", <Trans>全部同事</Trans>, active.length)}</li>
        {shownBranches(departments, closed).map((branch) => (
          <li key={branch.id} style={{ paddingLeft: branch.depth * STEP }}>
            {isParent(branch.id) ? (
              <button
                type="button"
                className="tree-fold"
                aria-expanded={!closed.has(branch.id)}
                aria-label={t`${branch.name}的下级`}
                onClick={() => toggle(branch.id)}
              >
                <CaretDownOutlined rotate={closed.has(branch.id) ? -90 : 0} />
              </button>
            ) : (
              <span className="tree-fold" />
            )}
            {line(branch.id, branch.name, heads.get(branch.id) ?? 0)}
            <Dropdown trigger={["click"]} menu={menu(branch)} placement="bottomRight">
              <Button
                size="small"
                type="text"
                className="tree-more"
                icon={<EllipsisOutlined />}
                aria-label={t`${branch.name}的更多操作`}
              />
            </Dropdown>
          </li>
        ))}
        {loose > 0 && departments.length > 0 && (
          <li>{line("none", <Trans>还没分部门</Trans>, loose)}</li>
        )}
      </ul>
      <Button
        type="text"
        size="small"
        icon={<PlusOutlined />}
        onClick={() => open({ department: null, parent: null })}
      >
        <Trans>添加部门</Trans>
      </Button>
      <DepartmentDrawer key={opening} edit={edit} onClose={() => setEdit(null)} />
    </nav>
  );
}
