import { RightOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useId } from "react";
import { useRights } from "@/api/rights";
import { useIsPhone } from "@/lib/screen";
import "@/ui/settings.css";

/** Whom a part of the settings concerns. */
type SettingsGroup = "own" | "company" | "care" | "file" | "data";

export interface SettingsPlace {
  name: string;
  label: string;
  group: SettingsGroup;
}

interface SettingsNavProps {
  parts: SettingsPlace[];
  /** The part that stands open; absent on the phone, where the list is a page of its own. */
  here?: string | undefined;
}

/** The parts of the settings, those of one's own first, under quiet headings. */
export function SettingsNav({ parts, here }: SettingsNavProps) {
  const { t } = useLingui();
  const rights = useRights();
  const isPhone = useIsPhone();
  const groups: { name: SettingsGroup; label: string }[] = [
    { name: "own", label: t({ message: "个人", context: "settings" }) },
    { name: "company", label: t`公司` },
    { name: "care", label: t({ message: "跟进", context: "settings" }) },
    { name: "file", label: t`客户档案` },
    { name: "data", label: t`数据` },
  ];
  const link = ({ name, label }: SettingsPlace) => (
    <li key={name}>
      <Link
        to="/settings"
        search={name === "me" && !isPhone ? {} : { part: name }}
        activeOptions={{ exact: true, includeSearch: true }}
        aria-current={name === here ? "page" : undefined}
      >
        {label}
        <Further />
      </Link>
    </li>
  );
  const page = (to: "/settings/trash" | "/settings/audit", label: string) => (
    <li key={to}>
      <Link to={to}>
        {label}
        <Further />
      </Link>
    </li>
  );
  const pages = [
    rights.may("delete") && page("/settings/trash", t`回收站`),
    rights.may("audit") && page("/settings/audit", t`审计日志`),
  ];
  return (
    <nav className="settings-nav" aria-label={t`设置`}>
      {groups.map(({ name, label }) => (
        <Group key={name} label={label}>
          {[
            ...parts.filter((part) => part.group === name).map(link),
            ...(name === "data" ? pages : []),
          ].filter(Boolean)}
        </Group>
      ))}
    </nav>
  );
}

function Group({ label, children }: { label: string; children: ReactNode[] }) {
  const id = useId();
  if (children.length === 0) return null;
  return (
    <section>
      <p id={id}>{label}</p>
      <ul aria-labelledby={id}>{children}</ul>
    </section>
  );
}

function Further() {
  return <RightOutlined className="settings-further" aria-hidden />;
}
