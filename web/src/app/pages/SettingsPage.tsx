import { useLingui } from "@lingui/react/macro";
import { Link, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useMe } from "@/api/queries";
import { Account } from "@/rooms/access/Account";
import { Departments } from "@/rooms/access/Departments";
import { People } from "@/rooms/access/People";
import { TagSettings } from "@/rooms/customers/TagSettings";
import { PageHead } from "@/ui/PageHead";
import "@/ui/settings.css";

/** 设置: mine first; people and departments only for those who manage them. */
export function SettingsPage() {
  const { t } = useLingui();
  const me = useMe();
  const { part } = useSearch({ from: "/shell/settings" });
  const parts: { name: string; label: string; page: ReactNode }[] = [
    { name: "me", label: t`我的`, page: <Account /> },
    ...(me.rights.manage_people
      ? [
          { name: "people", label: t`同事`, page: <People /> },
          { name: "departments", label: t`部门`, page: <Departments /> },
        ]
      : []),
    { name: "tags", label: t`标签`, page: <TagSettings /> },
  ];
  const here = parts.find((one) => one.name === part) ?? parts[0];
  return (
    <>
      <PageHead title={t`设置`} />
      <div className="settings">
        <nav className="settings-nav" aria-label={t`设置`}>
          <ul>
            {parts.map((one) => (
              <li key={one.name}>
                <Link
                  to="/settings"
                  search={one.name === "me" ? {} : { part: one.name }}
                  activeOptions={{ exact: true, includeSearch: true }}
                >
                  {one.label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="settings-body">{here?.page}</div>
      </div>
    </>
  );
}
