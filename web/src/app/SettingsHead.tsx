import { ArrowLeftOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { PageHead } from "@/ui/PageHead";
import "@/ui/settings.css";

/** The head of a settings page that fills the screen, and the way back. */
export function SettingsHead({ title, note }: { title: string; note?: string }) {
  const { t } = useLingui();
  return (
    <div className="settings-head">
      <Link to="/settings" className="settings-back" aria-label={t`回到设置`} title={t`回到设置`}>
        <ArrowLeftOutlined />
      </Link>
      <PageHead title={title} note={note} />
    </div>
  );
}
