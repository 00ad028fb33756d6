import { CheckOutlined, CopyOutlined, EyeOutlined, PhoneOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { App, Button, Tooltip } from "antd";
import { useState } from "react";
import { messageOf } from "@/api/problem";
import { phoneText } from "@/lib/phones";
import "@/ui/parts.css";

interface MaskedValueProps {
  /** As the server masks it: 138****8000. */
  masked: string;
  /** What it is, for the buttons' names: 手机. */
  label: string;
  /** False: kept as it was written, but not a number one can dial. */
  valid?: boolean;
  /** Fetches the whole value (the server records who looked); absent without the right. */
  reveal?: () => Promise<string>;
  /** Offers to dial it. */
  isPhone?: boolean;
}

/** A protected value: masked until asked for, then readable, to copy and to dial. */
export function MaskedValue({ masked, label, valid = true, reveal, isPhone }: MaskedValueProps) {
  const { t } = useLingui();
  const { message } = App.useApp();
  const [value, setValue] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isCopied, setCopied] = useState(false);

  /** The whole value, asked for once and then remembered while the page stands. */
  const whole = async (): Promise<string | null> => {
    if (value !== null || !reveal) return value;
    setBusy(true);
    try {
      const revealed = await reveal();
      setValue(revealed);
      return revealed;
    } catch (error) {
      message.error(messageOf(error));
      return null;
    } finally {
      setBusy(false);
    }
  };
  const copy = async () => {
    const text = await whole();
    if (text === null) return;
    await navigator.clipboard.writeText(text);
    setCopied(true);
    window.setTimeout(() => setCopied(false), 1500);
  };
  const dial = async () => {
    const text = await whole();
    if (text !== null) window.location.href = `tel:${text.replace(/[^\d+]/g, "")}`;
  };
  const shown = value ?? masked;
  return (
    <span className="masked">
      <span className="number">{isPhone ? phoneText(shown) : shown}</span>
      {!valid && (
        <Tooltip title={t`号码不完整，先按原样留着`}>
          <span className="masked-doubt">{t`未核实`}</span>
        </Tooltip>
      )}
      {reveal && (
        <span className="masked-actions">
          {value === null && (
            <Button
              type="text"
              size="small"
              loading={isBusy}
              icon={<EyeOutlined />}
              aria-label={t`查看${label}`}
              title={t`查看（会留下记录）`}
              onClick={whole}
            />
          )}
          <Button
            type="text"
            size="small"
            icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
            aria-label={t`复制${label}`}
            title={t`复制`}
            onClick={copy}
          />
          {isPhone && valid && (
            <Button
              type="text"
              size="small"
              icon={<PhoneOutlined />}
              aria-label={t`拨打${label}`}
              title={t`拨打`}
              onClick={dial}
            />
          )}
        </span>
      )}
    </span>
  );
}
