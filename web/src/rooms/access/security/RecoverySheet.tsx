import { CopyOutlined, DownloadOutlined, PrinterOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button } from "antd";
import { useEffect } from "react";
import { copyText } from "@/lib/copying";
import { dayOf } from "@/lib/days";
import { saveAs } from "@/lib/files";
import "@/rooms/access/security/security.css";

interface RecoverySheetProps {
  codes: string[];
  username: string;
}

/** The recovery codes to take away: copied, as a file, on paper. */
export function RecoverySheet({ codes, username }: RecoverySheetProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const shown = codes.map((code) => code.replace(/^(\d{4})(\d{4})$/, "$1 $2"));
  const day = dayOf(new Date().toISOString());
  const text = [
    t`知客恢复码 · ${username} · ${window.location.host} · ${day}`,
    t`每个只能用一次。手机不在身边时，登录第二步填其中一个。`,
    "",
    ...shown,
    "",
  ].join("\n");
  // On paper only the sheet, not the page around it.
  useEffect(() => {
    document.body.classList.add("prints-sheet");
    return () => document.body.classList.remove("prints-sheet");
  }, []);
  const copy = async () => {
    if (await copyText(text)) message.success(t`复制好了，找个安全的地方贴上`);
    else message.error(t`浏览器不让复制，请下载或打印`);
  };
  const download = () =>
    saveAs(new Blob([text], { type: "text/plain;charset=utf-8" }), t`知客恢复码-${username}.txt`);
  return (
    <div className="recovery">
      <div className="recovery-sheet">
        <p className="only-on-paper">
          <strong>{t`知客恢复码 · ${username} · ${window.location.host} · ${day}`}</strong>
          <br />
          <Trans>每个只能用一次。手机不在身边时，登录第二步填其中一个。</Trans>
        </p>
        <ul aria-label={t`恢复码`}>
          {shown.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
      <div className="recovery-actions">
        <Button icon={<CopyOutlined />} onClick={copy}>
          <Trans>复制</Trans>
        </Button>
        <Button icon={<DownloadOutlined />} onClick={download}>
          <Trans>下载</Trans>
        </Button>
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          <Trans>打印</Trans>
        </Button>
      </div>
    </div>
  );
}
