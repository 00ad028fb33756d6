import { Input } from "antd";

interface CodeInputProps {
  value?: string;
  onChange?: (code: string) => void;
  id?: string;
  /** How many digits make it whole. */
  length: number;
  /** Called once the last digit stands. */
  onWhole?: (code: string) => void;
  autoFocus?: boolean;
  disabled?: boolean;
}

/** Digits from an authenticator app or off a sheet. One field, not six boxes: so pasting, the phone's
 * own "fill in from messages" and screen readers simply work. Works inside a Form.Item. */
export function CodeInput({ value, onChange, length, onWhole, ...rest }: CodeInputProps) {
  const change = (typed: string) => {
    const code = typed.replace(/\D/g, "").slice(0, length);
    onChange?.(code);
    if (code.length === length && code !== value) onWhole?.(code);
  };
  return (
    <Input
      {...rest}
      value={value ?? ""}
      onChange={(event) => change(event.target.value)}
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9]*"
      className="code-input"
      placeholder={"0".repeat(length)}
    />
  );
}
