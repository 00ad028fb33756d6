import { useId } from "react";

interface SegmentsProps<Value extends string> {
  /** Names the choice for screen readers. */
  label: string;
  value: Value;
  options: { value: Value; label: string; isMissing?: boolean }[];
  onChange: (value: Value) => void;
  disabled?: boolean;
  /** Equal columns, so that rows of choices stand as a matrix. */
  isMatrix?: boolean;
}

/** One choice of a few in a joined row: radio buttons in all but looks, so that arrows work. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const name = useId();
  return (
    <div
      className={`segments ${props.isMatrix ? "is-matrix" : ""} ${props.disabled ? "is-fixed" : ""}`}
      role="radiogroup"
      aria-label={props.label}
    >
      {props.options.map((option) =>
        option.isMissing ? (
          <span key={option.value} className="segment is-missing" aria-hidden>
            —
          </span>
        ) : (
          <label
            key={option.value}
            className={`segment level-${option.value} ${option.value === props.value ? "is-on" : ""}`}
          >
            <input
              type="radio"
              name={name}
              disabled={props.disabled}
              checked={option.value === props.value}
              onChange={() => props.onChange(option.value)}
            />
            {option.label}
          </label>
        ),
      )}
    </div>
  );
}
