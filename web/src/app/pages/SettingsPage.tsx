import { useLingui } from "@lingui/react/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { lazy, type ReactNode, Suspense } from "react";
import { useRights } from "@/api/rights";
import { startViewing } from "@/api/viewing";
import { SettingsHead } from "@/app/SettingsHead";
import { SettingsNav, type SettingsPlace } from "@/app/SettingsNav";
import { isPractising } from "@/lib/practice";
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

const Wishes = lazy(() =>
  import("@/rooms/trail/notices/Wishes").then((m) => ({ default: m.Wishes })),
);
const CalendarFeed = lazy(() =>
  import("@/rooms/doors/calendar/CalendarFeed").then((m) => ({ default: m.CalendarFeed })),
);
const Channels = lazy(() =>
  import("@/rooms/access/channels/Channels").then((m) => ({ default: m.Channels })),
);
const PracticeSettings = lazy(() =>
  import("@/app/practice/PracticeSettings").then((m) => ({ default: m.PracticeSettings })),
);
const Jobs = lazy(() => import("@/app/jobs/Jobs").then((m) => ({ default: m.Jobs })));

const PoolRules = lazy(() =>
  import("@/rooms/care/pool/PoolRules").then((m) => ({ default: m.PoolRules })),
);
const Cadence = lazy(() =>
  import("@/rooms/care/cadence/Cadence").then((m) => ({ default: m.Cadence })),
);
const CareRules = lazy(() =>
  import("@/rooms/care/cadence/CareRules").then((m) => ({ default: m.CareRules })),
);
const ConditionsInput = lazy(() =>
  import("@/rooms/fields/ConditionsInput").then((m) => ({ default: m.ConditionsInput })),
);
const Playbooks = lazy(() =>
  import("@/rooms/care/playbooks/Playbooks").then((m) => ({ default: m.Playbooks })),
);

const Sheets = lazy(() =>
  import("@/rooms/care/sheets/Sheets").then((m) => ({ default: m.Sheets })),
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
  const all: Part[] = [
    { name: "me", label: t`我的`, group: "own", page: <Account /> },
    {
      name: "notices",
      label: t`我的通知`,
      group: "own",
      page: (
        <>
          <Wishes />
          <CalendarFeed />
        </>
      ),
    },
    { name: "security", label: t`登录与安全`, group: "own", page: <Security error={error} /> },
    { name: "tokens", label: t`接口令牌`, group: "own", page: <TokenSettings /> },
  ];
  if (rights.may("manage_people")) {
    const onViewAs = rights.may("manage_roles") ? viewAsPerson : undefined;
    const page = <People onViewAs={onViewAs} />;
    all.push({ name: "people", label: t`同事与部门`, group: "company", page, isWide: true });
  }
  if (rights.may("manage_roles")) {
    const page = <Roles open={role} onOpen={openRole} onViewAs={viewAsRole} />;
    all.push({ name: "roles", label: t`角色与权限`, group: "company", page, isWide: true });
  }
  if (rights.may("configure")) {
    all.push({ name: "rules", label: t`安全规则`, group: "company", page: <SafetyRules /> });
    all.push({ name: "reviews", label: t`审核规则`, group: "company", page: <ReviewRules /> });
    all.push({ name: "channels", label: t`通知渠道`, group: "company", page: <Channels /> });
    all.push({ name: "jobs", label: t`后台任务`, group: "data", page: <Jobs /> });
    all.push({ name: "practice", label: t`练习区`, group: "company", page: <PracticeSettings /> });
    all.push(
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
  if (rights.may("configure")) {
    all.push(
      {
        name: "cadence",
        label: t`跟进频率`,
        group: "care",
        page: (
          <Cadence
            open={item}
            onOpen={(shelf) => openItem("cadence", shelf)}
            conditions={(props) => <ConditionsInput {...props} />}
          />
        ),
      },
      { name: "care-rules", label: t`上限与提醒`, group: "care", page: <CareRules /> },
    );
    all.push({ name: "pool-rules", label: t`公海规则`, group: "care", page: <PoolRules /> });
  }
  if (rights.may("log")) {
    all.push({ name: "playbooks", label: t`跟进计划`, group: "care", page: <Playbooks /> });
  }
  if (rights.may("log") || rights.may("configure")) {
    const page = <Sheets open={item} onOpen={(kind) => openItem("sheets", kind)} />;
    all.push({ name: "sheets", label: t`模板与话术`, group: "care", page });
  }
  if (rights.may("manage_tags")) {
    all.push({ name: "tags", label: t`标签`, group: "data", page: <TagSettings /> });
  }
  // The settings of the house are not for those who practise; what they make of their own is.
  const parts = isPractising ? all.filter(({ name }) => name === "tags") : all;
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
