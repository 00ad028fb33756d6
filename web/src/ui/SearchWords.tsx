import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useEffect, useState } from "react";
import { useSettled } from "@/lib/screen";

interface SearchWordsProps {
  className: string;
  /** What is looked for, for screen readers. */
  label: string;
  placeholder: string;
  value: string | undefined;
  onChange: (words: string | undefined) => void;
}

const TYPING_PAUSE = 250;

/** Filters a list by words. Waits until the typing pauses. */
export function SearchWords({ className, label, placeholder, value, onChange }: SearchWordsProps) {
  const [text, setText] = useState(value ?? "");
  const settled = useSettled(text, TYPING_PAUSE);
  useEffect(() => setText(value ?? ""), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the end of typing sends, not a new handler
  useEffect(() => {
    if (settled.trim() !== (value ?? "")) onChange(settled.trim() || undefined);
  }, [settled]);
  return (
    <Input
      className={className}
      prefix={<SearchOutlined />}
      placeholder={placeholder}
      aria-label={label}
      allowClear
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
