import { Input, InputNumber } from "antd";
import { type ReactNode, useId } from "react";
import { Problem } from "@/rooms/care/fields";

interface RowProps {
  label: string;
  note: string;
  problem: string | undefined;
  children: (id: string) => ReactNode;
}

/** A setting: what it is called, what it does, and at the right its value. */
export function Row({ label, note, problem, children }: RowProps) {
  const id = useId();
  return (
    <li>
      <label htmlFor={id}>
        {label}
        <small>{note}</small>
        <Problem text={problem} />
      </label>
      {children(id)}
    </li>
  );
}

interface ValueProps<Value> extends Omit<RowProps, "children"> {
  value: Value;
  onChange: (value: Value) => void;
}

export function NumberRow(
  props: ValueProps<number> & { unit: string; least: number; most: number },
) {
  return (
    <Row {...props}>
      {(id) => (
        <InputNumber
          id={id}
          min={props.least}
          max={props.most}
          precision={0}
          suffix={props.unit}
          value={props.value}
          status={props.problem ? "error" : ""}
          onChange={(value) => value !== null && props.onChange(value)}
        />
      )}
    </Row>
  );
}

/** A time of day: "08:30". */
export function TimeRow(props: ValueProps<string>) {
  return (
    <Row {...props}>
      {(id) => (
        <Input
          id={id}
          type="time"
          value={props.value.slice(0, 5)}
          status={props.problem ? "error" : ""}
          onChange={(event) => event.target.value && props.onChange(event.target.value)}
        />
      )}
    </Row>
  );
}
