import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { App, Button } from "antd";
import { useState } from "react";
import { usePhrase as noteUse } from "@/api/generated/sheets";
import type { PhraseOut } from "@/api/generated/zhike.schemas";
import { useRights } from "@/api/rights";
import { copyText } from "@/lib/copying";

interface PhraseBlockProps {
  phrase: PhraseOut;
  customer: number;
}

/** Words one could say, to be copied. What is copied counts as used, once a reading: what is used
 * more comes first. */
export function PhraseBlock({ phrase, customer }: PhraseBlockProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const mayLog = useRights().may("log");
  const [isCopied, setCopied] = useState(false);
  const [isCounted, setCounted] = useState(false);
  /** Where it fails, the next copy counts: no reason to stop somebody who is about to call. */
  const count = () =>
    noteUse(phrase.id, { customer_id: customer }).then(
      () => setCounted(true),
      () => setCounted(false),
    );
  const copy = async () => {
    if (!(await copyText(phrase.body))) {
      message.warning(t`浏览器不让复制，请选中文字再复制`);
      return;
    }
    setCopied(true);
    if (mayLog && !isCounted) void count();
  };
  return (
    <div className="preparation-phrase">
      <div className="preparation-phrase-head">
        <strong>{phrase.title}</strong>
        {phrase.fits.length > 0 && (
          <small className="soft" title={t`因为这位客户的标签或联系人的角色`}>
            <Trans>适合 {phrase.fits.join("、")}</Trans>
          </small>
        )}
        <Button
          type="text"
          size="small"
          icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
          aria-label={t`复制“${phrase.title}”`}
          onClick={() => void copy()}
        >
          {isCopied ? <Trans>复制好了</Trans> : <Trans>复制</Trans>}
        </Button>
      </div>
      <p>{phrase.body}</p>
    </div>
  );
}
