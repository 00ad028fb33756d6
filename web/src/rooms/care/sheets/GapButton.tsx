import { FormOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import { useLayoutEffect, useRef, useState } from "react";

const GAP = "＿＿";

interface GapButtonProps {
  field: () => HTMLTextAreaElement | null;
  onChange: (text: string) => void;
}

/** Puts a gap where the caret stands. */
export function GapButton({ field, onChange }: GapButtonProps) {
  const { t } = useLingui();
  const [caret, setCaret] = useState<{ at: number } | null>(null);
  const get = useRef(field);
  get.current = field;
  useLayoutEffect(() => {
    if (!caret) return;
    get.current()?.focus();
    get.current()?.setSelectionRange(caret.at, caret.at);
  }, [caret]);
  const put = () => {
    const box = field();
    if (!box) return;
    const { value, selectionStart, selectionEnd } = box;
    onChange(value.slice(0, selectionStart) + GAP + value.slice(selectionEnd));
    setCaret({ at: selectionStart + GAP.length });
  };
  return (
    <Button type="link" size="small" className="flush-link" icon={<FormOutlined />} onClick={put}>
      {t`加一处要填的空 ＿＿`}
    </Button>
  );
}
