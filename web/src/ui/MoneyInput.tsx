import { useLingui } from "@lingui/react/macro";
import { Input, type InputRef } from "antd";
import { type KeyboardEvent, type Ref, useEffect, useState } from "react";
import { editableMoney, type Fen, moneyText, parseMoney } from "@/lib/money";

interface MoneyInputProps {
  value?: Fen | null;
  onChange?: (fen: Fen | null) => void;
  id?: string;
  autoFocus?: boolean;
  variant?: "outlined" | "borderless";
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  "aria-label"?: string;
  ref?: Ref<InputRef>;
}

/** Money as people write it: 50万, 8500, 1.2亿. What was understood stands beside it. */
export function MoneyInput({ value, onChange, variant, ...rest }: MoneyInputProps) {
  const { t } = useLingui();
  const [text, setText] = useState(value == null ? "" : editableMoney(value));
  const read = parseMoney(text);
  const isWrong = text.trim() !== "" && read === null;
  useEffect(
    () =>
      setText((now) =>
        parseMoney(now) === (value ?? null) ? now : value == null ? "" : editableMoney(value),
      ),
    [value],
  );
  return (
    <Input
      {...rest}
      variant={variant}
      value={text}
      inputMode="text"
      autoComplete="off"
      status={isWrong ? "error" : ""}
      placeholder={t`50万`}
      prefix="¥"
      suffix={
        read !== null && read >= 1_000_000 && !/[万亿]/.test(text) ? (
          <span className="soft">{moneyText(read)}</span>
        ) : undefined
      }
      onChange={(event) => {
        setText(event.target.value);
        const next = parseMoney(event.target.value);
        if (next !== null || event.target.value.trim() === "") onChange?.(next);
      }}
    />
  );
}
