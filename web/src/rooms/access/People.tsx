import { DownOutlined, UserAddOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Dropdown, Skeleton, Space } from "antd";
import { useState } from "react";
import { DepartmentTree } from "@/rooms/access/DepartmentTree";
import { DepartureDrawer } from "@/rooms/access/DepartureDrawer";
import { HandOvers } from "@/rooms/access/HandOvers";
import { PasswordDrawer } from "@/rooms/access/PasswordDrawer";
import { PeopleList } from "@/rooms/access/PeopleList";
import { PersonDrawer } from "@/rooms/access/PersonDrawer";
import type { Place } from "@/rooms/access/peopleFilter";
import { useDepartments } from "@/rooms/access/queries";
import { useColleagues } from "@/rooms/access/roleQueries";
import type { Colleague } from "@/rooms/access/roleTypes";
import { ServiceDrawer } from "@/rooms/access/ServiceDrawer";
import { SettingsPart } from "@/ui/SettingsPart";
import { Trouble } from "@/ui/Trouble";
import "@/rooms/access/people.css";

/** What stands open over the list. */
export type Opened =
  | { kind: "person"; person: Colleague | null }
  | { kind: "service" }
  | { kind: "password"; person: Colleague }
  | { kind: "departure"; person: Colleague };

interface PeopleProps {
  /** Looks through a colleague's eyes; absent for those who may not. */
  onViewAs?: ((person: number) => Promise<void>) | undefined;
}

/** 同事与部门: the departments at the left, their people at the right. A leaver is closed, never
 * deleted: what they wrote keeps their name. */
export function People({ onViewAs }: PeopleProps) {
  const { t } = useLingui();
  const colleagues = useColleagues();
  const branches = useDepartments();
  const { data } = colleagues;
  const { data: tree } = branches;
  const [place, setPlace] = useState<Place>("all");
  const [opened, setOpened] = useState<Opened | null>(null);
  // Each opening is a form of its own: nothing typed for one colleague may show for another.
  const [opening, setOpening] = useState(0);
  const open = (what: Opened) => {
    setOpening(opening + 1);
    setOpened(what);
  };
  const close = () => setOpened(null);
  const failed = [colleagues, branches].filter((one) => one.error && !one.data);
  const people = data?.items ?? [];
  const departments = tree?.items ?? [];
  return (
    <SettingsPart
      title={t`同事与部门`}
      note={t`添加后就能用账号和密码登录；看得到什么、能做什么，由角色决定。`}
      action={
        <Space.Compact>
          <Button
            type="primary"
            icon={<UserAddOutlined />}
            onClick={() => open({ kind: "person", person: null })}
          >
            {t`添加同事`}
          </Button>
          <Dropdown
            trigger={["click"]}
            placement="bottomRight"
            menu={{
              items: [{ key: "service", label: t`添加服务账号（给程序用）` }],
              onClick: () => open({ kind: "service" }),
            }}
          >
            <Button type="primary" icon={<DownOutlined />} aria-label={t`添加别的`} />
          </Dropdown>
        </Space.Compact>
      }
    >
      <HandOvers />
      {failed[0] ? (
        <Trouble error={failed[0].error} onRetry={() => failed.map((one) => one.refetch())} />
      ) : !data || !tree ? (
        <Skeleton active />
      ) : (
        <div className="people">
          <DepartmentTree
            departments={departments}
            people={people}
            place={place}
            onPlace={setPlace}
          />
          <PeopleList
            people={people}
            departments={departments}
            place={place}
            onOpen={open}
            onViewAs={onViewAs}
          />
        </div>
      )}
      <PersonDrawer
        key={`person-${opening}`}
        open={opened?.kind === "person"}
        person={opened?.kind === "person" ? opened.person : null}
        place={typeof place === "number" ? place : null}
        onClose={close}
      />
      <ServiceDrawer key={`service-${opening}`} open={opened?.kind === "service"} onClose={close} />
      <PasswordDrawer
        key={`password-${opening}`}
        person={opened?.kind === "password" ? opened.person : null}
        onClose={close}
      />
      <DepartureDrawer
        key={`departure-${opening}`}
        person={opened?.kind === "departure" ? opened.person : null}
        people={people}
        onClose={close}
      />
      {data && data.items.length === 1 && (
        <p className="soft people-hint">
          <Trans>现在只有你一个人。把同事请进来，客户才不会都压在你身上。</Trans>
        </p>
      )}
    </SettingsPart>
  );
}
