import { type ReactNode, useId } from "react";
import "@/ui/pills.css";

interface PillsProps<Value extends string> {
  /** What is chosen here, for screen readers. */
  label: string;
  value: Value | null;
  options: { value: Value; label: string; icon?: ReactNode; title?: string }[];
  onChange: (value: Value | null) => void;
  /** A second click takes the choice back. */
  mayClear?: boolean;
  /** Stands behind the pills, in the same row. */
  children?: ReactNode;
}

/** A few choices in a row, one of them on: radio buttons in all but looks, so that arrows work. */
export function Pills<Value extends string>(props: PillsProps<Value>) {
  const name = useId();
  return (
    <div className="pills" role="radiogroup" aria-label={props.label}>
      {props.options.map((option) => {
        const isOn = option.value === props.value;
        return (
          <label key={option.value} className={`pill ${isOn ? "is-on" : ""}`} title={option.title}>
            <input
              type="radio"
              name={name}
              checked={isOn}
              onChange={() => props.onChange(option.value)}
              onClick={() => isOn && props.mayClear && props.onChange(null)}
            />
            {option.icon}
            {option.label}
          </label>
        );
      })}
      {props.children}
    </div>
  );
}
