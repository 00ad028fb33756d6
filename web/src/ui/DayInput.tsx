import { CalendarOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Input, type InputRef } from "antd";
import { type KeyboardEvent, lazy, type Ref, Suspense, useEffect, useState } from "react";
import { type Day, parseDay, planText, today } from "@/lib/days";
import { useIsTouch } from "@/lib/screen";
import "@/ui/dayInput.css";

const DayCalendar = lazy(() =>
  import("@/ui/DayCalendar").then((m) => ({ default: m.DayCalendar })),
);

interface DayInputProps {
  value?: Day | null;
  onChange?: (day: Day | null) => void;
  id?: string;
  autoFocus?: boolean;
  /** Opens the calendar at once. */
  open?: boolean;
  variant?: "outlined" | "borderless";
  /** Offers days ahead (计划) or days gone by (记录) as one-click choices. */
  quick?: "ahead" | "back";
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** What to type; absent: an example of a day. */
  placeholder?: string;
  "aria-label"?: string;
  ref?: Ref<InputRef>;
}

/** A day, typed as people say it (下周三, 11-25, 明天) or picked; the phone's own picker on a phone. */
export function DayInput(props: DayInputProps) {
  return useIsTouch() ? <NativeDayInput {...props} /> : <TypedDayInput {...props} />;
}

function NativeDayInput({ value, onChange, id, ...rest }: DayInputProps) {
  return (
    <Input
      id={id}
      type="date"
      aria-label={rest["aria-label"]}
      value={value ?? ""}
      onChange={(event) => onChange?.(event.target.value || null)}
    />
  );
}

function TypedDayInput({
  value,
  onChange,
  id,
  autoFocus,
  variant,
  onKeyDown,
  placeholder,
  ref,
  ...rest
}: DayInputProps) {
  const { t } = useLingui();
  const [text, setText] = useState(value ? shown(value) : "");
  const [isOpen, setOpen] = useState(rest.open ?? false);
  const read = text.trim() === "" ? null : parseDay(text);
  const isWrong = text.trim() !== "" && read === null && text !== (value ? shown(value) : "");
  useEffect(() => setText(value ? shown(value) : ""), [value]);

  const settle = () => {
    if (text === (value ? shown(value) : "")) return;
    if (text.trim() === "" || read) onChange?.(read);
    if (read) setText(shown(read));
  };
  const pick = (day: Day | null) => {
    setOpen(false);
    onChange?.(day);
  };
  return (
    <span className="day-input">
      <Input
        ref={ref}
        id={id}
        aria-label={rest["aria-label"]}
        autoFocus={autoFocus}
        variant={variant}
        value={text}
        status={isWrong ? "error" : ""}
        placeholder={placeholder ?? t`下周三、11-25…`}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          setOpen(false);
        }}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === "Tab") settle();
          if (event.key === "ArrowDown") setOpen(true);
          // A day nobody can read is not handed on: it would be lost without a word.
          if (isWrong && event.key !== "Escape") return;
          onKeyDown?.(event);
        }}
        suffix={
          <CalendarOutlined
            aria-label={t`打开日历`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => setOpen(!isOpen)}
          />
        }
      />
      {isOpen && (
        <Suspense fallback={null}>
          <DayCalendar
            value={value ?? null}
            quick={rest.quick ?? "ahead"}
            onPick={pick}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </span>
  );
}

function shown(day: Day): string {
  return day.slice(0, 4) === today().slice(0, 4) ? planText(day) : day;
}
