import { CheckOutlined, CopyOutlined, EyeOutlined, PhoneOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { App, Button, Tooltip } from "antd";
import { useState } from "react";
import { ApiProblem, messageOf } from "@/api/problem";
import { phoneText } from "@/lib/phones";
import { useRevealReason } from "@/ui/RevealReason";
import "@/ui/parts.css";

export type Reveal = (reason: string) => Promise<string>;

interface MaskedValueProps {
  /** As the server masks it: 138****8000. */
  masked: string;
  /** What it is, for the buttons' names: 手机. */
  label: string;
  /** False: kept as it was written, but not a number one can dial. */
  valid?: boolean;
  /** Fetches the whole value (the server records who looked, and why); absent without the right. */
  reveal?: Reveal;
  /** Offers to dial it. */
  isPhone?: boolean;
  /** Asked first; false: it is not dialled. */
  beforeDial?: () => Promise<boolean>;
}

/** A protected value: masked until asked for, then readable, to copy and to dial. */
export function MaskedValue(props: MaskedValueProps) {
  const { masked, label, valid = true, reveal, isPhone, beforeDial } = props;
  const { t } = useLingui();
  const { message } = App.useApp();
  const [value, setValue] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const reason = useRevealReason();

  /** The whole value, asked for once and then remembered while the page stands. */
  const whole = async (): Promise<string | null> => {
    if (value !== null || !reveal) return value;
    const why = await reason.ask();
    if (why === null) return null;
    setBusy(true);
    try {
      const revealed = await reveal(why);
      setValue(revealed);
      return revealed;
    } catch (error) {
      // The day's number is used up: no failure, and worth a little more time to read.
      if (error instanceof ApiProblem && error.code === "reveal_limit") {
        message.warning(messageOf(error), 6);
      } else message.error(messageOf(error));
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
    if (beforeDial && !(await beforeDial())) return;
    const text = await whole();
    if (text !== null) window.location.href = `tel:${text.replace(/[^\d+]/g, "")}`;
  };
  const shown = value ?? masked;
  return (
    <span className="masked">
      <span className="number">{isPhone ? phoneText(shown) : <Breakable text={shown} />}</span>
      {!valid && (
        <Tooltip title={t`号码不完整，先按原样留着`}>
          <span className="masked-doubt">{t`未核实`}</span>
        </Tooltip>
      )}
      {reveal &&
        reason.around(
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
          </span>,
        )}
    </span>
  );
}

/** An address that is too long for its column breaks before the domain, not within it. */
function Breakable({ text }: { text: string }) {
  const at = text.indexOf("@") + 1;
  if (at === 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <wbr />
      {text.slice(at)}
    </>
  );
}
