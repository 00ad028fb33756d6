import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { lazy, type ReactNode, Suspense } from "react";
import { useRights } from "@/api/rights";
import { startViewing } from "@/api/viewing";
import { SettingsHead } from "@/app/SettingsHead";
import { SettingsNav, type SettingsPlace } from "@/app/SettingsNav";
import { useIsPhone } from "@/lib/screen";
import { Account } from "@/rooms/access/Account";
import { People } from "@/rooms/access/People";
import { ReviewRules } from "@/rooms/access/ReviewRules";
import { Roles } from "@/rooms/access/Roles";
import { SafetyRules } from "@/rooms/access/SafetyRules";
import { TagSettings } from "@/rooms/customers/tags/TagSettings";
import { PageHead } from "@/ui/PageHead";
import "@/ui/settings.css";

const Fields = lazy(() => import("@/rooms/fields/Fields").then((m) => ({ default: m.Fields })));
const Dictionaries = lazy(() =>
  import("@/rooms/fields/Dictionaries").then((m) => ({ default: m.Dictionaries })),
);
const Rules = lazy(() => import("@/rooms/fields/Rules").then((m) => ({ default: m.Rules })));
const FileRules = lazy(() =>
  import("@/rooms/fields/FileRules").then((m) => ({ default: m.FileRules })),
);

interface Part extends SettingsPlace {
  page: ReactNode;
  isWide?: boolean;
}

const Security = lazy(() =>
  import("@/rooms/access/security/Security").then((m) => ({ default: m.Security })),
);
const TokenSettings = lazy(() =>
  import("@/rooms/access/security/TokenSettings").then((m) => ({ default: m.TokenSettings })),
);

/** 设置: mine first; the others only for those who may use them. On the phone a list that leads to
 * one part at a time. */
export function SettingsPage() {
  const { t } = useLingui();
  const rights = useRights();
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const { part, role, item, error } = useSearch({ from: "/shell/settings" });
  const viewAsRole = (role_id: number) => startViewing({ role_id });
  const viewAsPerson = (person_id: number) => startViewing({ person_id });
  const openRole = (id: number | undefined) =>
    void navigate({ to: "/settings", search: { part: "roles", ...(id && { role: id }) } });
  const openItem = (part: string, item: string | undefined) =>
    void navigate({ to: "/settings", search: { part, ...(item && { item }) } });
  const openCustomer = (id: number) =>
    void navigate({ to: "/customers/$id", params: { id: String(id) } });
  const parts: Part[] = [
    { name: "me", label: t`我的`, group: "own", page: <Account /> },
    { name: "security", label: t`登录与安全`, group: "own", page: <Security error={error} /> },
    { name: "tokens", label: t`接口令牌`, group: "own", page: <TokenSettings /> },
  ];
  if (rights.may("manage_people")) {
    const onViewAs = rights.may("manage_roles") ? viewAsPerson : undefined;
    const page = <People onViewAs={onViewAs} />;
    parts.push({ name: "people", label: t`同事与部门`, group: "company", page, isWide: true });
  }
  if (rights.may("manage_roles")) {
    const page = <Roles open={role} onOpen={openRole} onViewAs={viewAsRole} />;
    parts.push({ name: "roles", label: t`角色与权限`, group: "company", page, isWide: true });
  }
  if (rights.may("configure")) {
    parts.push({ name: "rules", label: t`安全规则`, group: "company", page: <SafetyRules /> });
    parts.push({ name: "reviews", label: t`审核规则`, group: "company", page: <ReviewRules /> });
    parts.push(
      {
        name: "fields",
        label: t`字段`,
        group: "file",
        page: <Fields of={item} onOf={(of) => openItem("fields", of)} />,
        isWide: true,
      },
      {
        name: "choices",
        label: t`选项`,
        group: "file",
        page: <Dictionaries open={item} onOpen={(name) => openItem("choices", name)} />,
        isWide: true,
      },
      {
        name: "checks",
        label: t`检查规则`,
        group: "file",
        page: <Rules onOpenCustomer={openCustomer} />,
      },
      { name: "file-rules", label: t`档案规则`, group: "file", page: <FileRules /> },
    );
  }
  if (rights.may("manage_tags")) {
    parts.push({ name: "tags", label: t`标签`, group: "data", page: <TagSettings /> });
  }
  const asked = parts.find((one) => one.name === part);
  if (isPhone && !asked) {
    return (
      <>
        <PageHead title={t`设置`} />
        <SettingsNav parts={parts} />
      </>
    );
  }
  const here = asked ?? parts[0];
  const body = (
    <div className={here?.isWide ? "settings-body is-wide" : "settings-body"}>
      <Suspense fallback={<Skeleton active />}>{here?.page}</Suspense>
    </div>
  );
  if (isPhone) {
    return (
      <>
        {here?.name === "roles" && role ? (
          // An open role has a head of its own, and the way back to the roles.
          <div className="visually-hidden">
            <PageHead title={here.label} />
          </div>
        ) : (
          <SettingsHead title={here?.label ?? ""} />
        )}
        <div className="settings">{body}</div>
      </>
    );
  }
  return (
    <>
      <PageHead title={t`设置`} />
      <div className="settings">
        <SettingsNav parts={parts} here={here?.name} />
        {body}
      </div>
    </>
  );
}
