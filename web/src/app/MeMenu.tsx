import { useLingui } from "@lingui/react/macro";
import { Dropdown, type MenuProps } from "antd";
import { signOut } from "@/api/access";
import { useMe } from "@/api/queries";
import { DEFAULT_LOOK, useLook } from "@/ui/look";

/** The person: how it should look, in which language, and the way out. */
export function MeMenu() {
  const { t } = useLingui();
  const me = useMe();
  const look = useLook();
  const leave = async () => {
    await signOut().catch(() => {});
    // A whole new page: nothing of this person's data stays in memory for the next one.
    window.location.assign("/sign-in");
  };
  const items: MenuProps["items"] = [
    {
      key: "who",
      type: "group",
      label: (
        <span className="me-who">
          <strong>{me.name}</strong>
          <small>{[me.username, me.department].filter(Boolean).join(" · ")}</small>
        </span>
      ),
    },
    { type: "divider" },
    {
      key: "theme",
      type: "group",
      label: t`外观`,
      children: [
        { key: "theme:system", label: t`跟随系统` },
        { key: "theme:light", label: t`浅色` },
        { key: "theme:dark", label: t`深色` },
      ],
    },
    { type: "divider" },
    { key: "size", label: look.size === "large" ? t`用标准字号` : t`用大字号` },
    { key: "language", label: look.language === "zh" ? "English" : "中文" },
    { type: "divider" },
    { key: "leave", label: t`退出登录`, danger: true },
  ];
  const choose: MenuProps["onClick"] = ({ key }) => {
    if (key.startsWith("theme:")) look.change({ theme: key.slice(6) as typeof look.theme });
    else if (key === "size")
      look.change({ size: look.size === "large" ? DEFAULT_LOOK.size : "large" });
    else if (key === "language") look.change({ language: look.language === "zh" ? "en" : "zh" });
    else if (key === "leave") void leave();
  };
  return (
    <Dropdown
      menu={{
        items,
        onClick: choose,
        selectedKeys: [`theme:${look.theme}`],
        style: { minWidth: 190 },
      }}
      trigger={["click"]}
      placement="bottomRight"
    >
      <button type="button" className="me-button" aria-label={t`${me.name}的菜单`}>
        {me.name.slice(-2)}
      </button>
    </Dropdown>
  );
}
