import { SearchOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Input, Segmented } from "antd";
import { useState } from "react";
import type { Opened } from "@/rooms/access/People";
import { PersonLine } from "@/rooms/access/PersonLine";
import { filterPeople, type Place } from "@/rooms/access/peopleFilter";
import type { Colleague, Department } from "@/rooms/access/roleTypes";

interface PeopleListProps {
  people: Colleague[];
  departments: Department[];
  place: Place;
  onOpen: (opened: Opened) => void;
  onViewAs: ((person: number) => Promise<void>) | undefined;
}

/** The people of the chosen department and of those below it. */
export function PeopleList({ people, departments, place, onOpen, onViewAs }: PeopleListProps) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const [isActive, setActive] = useState(true);
  const all = (active: boolean) =>
    filterPeople(people, departments, { place, text, isActive: active });
  const [working, closed] = [all(true), all(false)];
  const shown = isActive ? working : closed;
  return (
    <div className="people-list">
      <div className="people-tools">
        <Input
          allowClear
          prefix={<SearchOutlined />}
          placeholder={t`名字、账号、角色`}
          aria-label={t`找同事`}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Segmented<"active" | "closed">
          aria-label={t`账号状态`}
          value={isActive ? "active" : "closed"}
          onChange={(next) => setActive(next === "active")}
          options={[
            { value: "active", label: t`在职 ${working.length}` },
            { value: "closed", label: t`已停用 ${closed.length}` },
          ]}
        />
      </div>
      {shown.length === 0 ? (
        <p className="people-none faint">
          {text ? (
            <Trans>没有找到“{text}”</Trans>
          ) : isActive ? (
            <Trans>这里还没有人</Trans>
          ) : (
            <Trans>没有停用的账号</Trans>
          )}
        </p>
      ) : (
        <ul className="people-lines">
          {shown.map((person) => (
            <PersonLine key={person.id} person={person} onOpen={onOpen} onViewAs={onViewAs} />
          ))}
        </ul>
      )}
    </div>
  );
}
