import { QuestionCircleOutlined, SearchOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useCommandBox } from "@/app/CommandBox";
import { openKeysHelp } from "@/app/KeysHelp";
import { MeMenu } from "@/app/MeMenu";
import { type QuickAction, useQuick, useQuickActions } from "@/app/quick";
import { keyCaps, useShortcut } from "@/lib/keys";
import { useIsPhone } from "@/lib/screen";
import { Bell } from "@/rooms/trail/notices/Bell";
import { Logo } from "@/ui/Logo";

export function Header() {
  const { t } = useLingui();
  const isPhone = useIsPhone();
  const openBox = useCommandBox();
  const actions = useQuickActions();
  if (isPhone) {
    return (
      <header className="header">
        <Link to="/" aria-label={t`回到首页`} className="header-logo">
          <Logo size={30} />
        </Link>
        <button type="button" className="search-box" onClick={() => openBox()}>
          <SearchOutlined />
          <Trans>找客户</Trans>
        </button>
        <Bell />
        <MeMenu />
      </header>
    );
  }
  return (
    <header className="header">
      <button type="button" className="search-box" onClick={() => openBox()}>
        <SearchOutlined />
        <span className="search-hint">
          <Trans>找客户：名字、拼音、首字母、手机尾号</Trans>
        </span>
        <kbd>{keyCaps("mod+k").join(" ")}</kbd>
      </button>
      <span className="header-actions">
        {actions.map((action) => (
          <QuickButton key={action.id} action={action} />
        ))}
        <Button
          type="text"
          icon={<QuestionCircleOutlined />}
          aria-label={t`快捷键`}
          title={t`快捷键 ?`}
          onClick={openKeysHelp}
        />
        <Bell />
        <MeMenu />
      </span>
    </header>
  );
}

function QuickButton({ action }: { action: QuickAction }) {
  const { i18n, t } = useLingui();
  const start = useQuick();
  const label = i18n._(action.label);
  useShortcut({ keys: action.key, label, group: t`随时`, run: () => start(action.id) });
  return (
    <Button
      type={action.isMain ? "primary" : "default"}
      icon={action.icon}
      onClick={() => start(action.id)}
      title={`${label} ${action.key.toUpperCase()}`}
    >
      {label}
    </Button>
  );
}
