import { CopyOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button, Input, Modal } from "antd";
import { copyText } from "@/lib/copying";

interface TokenShownProps {
  /** null: closed. */
  token: { name: string; plain: string } | null;
  onClose: () => void;
}

/** The token itself: this one time. */
export function TokenShown({ token, onClose }: TokenShownProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const copy = async () => {
    if (token && (await copyText(token.plain))) message.success(t`复制好了`);
    else message.error(t`浏览器不让复制，请选中后自己复制`);
  };
  const sample = `curl -H "Authorization: Bearer ${token?.plain ?? ""}" \\\n  ${window.location.origin}/api/v1/customers`;
  return (
    <Modal
      title={t`令牌“${token?.name ?? ""}”`}
      open={token !== null}
      onCancel={onClose}
      width={560}
      mask={{ closable: false }}
      destroyOnHidden
      footer={<Button onClick={onClose}>{t`收好了`}</Button>}
    >
      <p>
        <Trans>只显示这一次，关上就再也看不到了。像密码一样收好，不要发在群里。</Trans>
      </p>
      <div className="token-plain">
        <Input
          readOnly
          value={token?.plain ?? ""}
          aria-label={t`令牌`}
          onFocus={(event) => event.target.select()}
        />
        <Button type="primary" icon={<CopyOutlined />} onClick={copy}>
          {t`复制`}
        </Button>
      </div>
      <pre className="token-sample">{sample}</pre>
    </Modal>
  );
}
