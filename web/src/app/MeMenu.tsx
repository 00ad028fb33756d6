import { useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { App, Dropdown, type MenuProps } from "antd";
import { useState } from "react";
import { signOut } from "@/api/access";
import { useMe } from "@/api/queries";
import { usePhonePlaces } from "@/app/places";
import { PracticeDialog } from "@/app/practice/PracticeDialog";
import { isPractising, leavePractice } from "@/lib/practice";
import { useIsPhone } from "@/lib/screen";
import { forgetPerson } from "@/lib/stored";
import { countUnsent } from "@/rooms/care/outbox";
import { DEFAULT_LOOK, useLook } from "@/ui/look";

/** The person: how it should look, in which language, and the way out. */
export function MeMenu() {
  const { i18n, t } = useLingui();
  const me = useMe();
  const look = useLook();
  const isPhone = useIsPhone();
  const navigate = useNavigate();
  const { rest } = usePhonePlaces();
  const { modal } = App.useApp();
  const [isEntering, setEntering] = useState(false);
  const leave = async () => {
    await signOut().catch(() => {});
    forgetPerson(me.id);
    // A whole new page: nothing of this person's data stays in memory for the next one.
    window.location.assign("/sign-in");
  };
  /** What was written without a connection is nowhere else: it must not go unnoticed. */
  const mayLeave = () => {
    const unsent = countUnsent(me.id);
    if (unsent === 0) return void leave();
    modal.confirm({
      title: t`还有 ${unsent} 条跟进没发出去`,
      content: t`它们只存在这台设备上，退出就清掉了。连上网会自动补记，也可以打开那位客户再试。`,
      okText: t`清掉并退出`,
      okButtonProps: { danger: true },
      cancelText: t`先不退出`,
      onOk: leave,
    });
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
    ...(isPhone ? rest.map(({ to, label }) => ({ key: to, label: i18n._(label) })) : []),
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
    { key: "practice", label: isPractising ? t`离开练习区` : t`进入练习区` },
    { type: "divider" },
    { key: "leave", label: t`退出登录`, danger: true },
  ];
  const choose: MenuProps["onClick"] = ({ key }) => {
    if (key.startsWith("theme:")) look.change({ theme: key.slice(6) as typeof look.theme });
    else if (key === "size")
      look.change({ size: look.size === "large" ? DEFAULT_LOOK.size : "large" });
    else if (key === "language") look.change({ language: look.language === "zh" ? "en" : "zh" });
    else if (key.startsWith("/")) void navigate({ to: key });
    else if (key === "leave") mayLeave();
    else if (key === "practice") isPractising ? leavePractice() : setEntering(true);
  };
  return (
    <>
      <PracticeDialog isOpen={isEntering} onClose={() => setEntering(false)} />
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
    </>
  );
}
