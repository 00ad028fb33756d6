import type { ReactNode } from "react";
import "@/rooms/customers/dealings/dealings.css";

export interface Figure {
  label: string;
  value: ReactNode;
}

/** A few numbers at the head of a part, in a row. */
export function Figures({ label, figures }: { label: string; figures: Figure[] }) {
  return (
    <dl className="figures" aria-label={label}>
      {figures.map((one) => (
        <div key={one.label}>
          <dt>{one.label}</dt>
          <dd>{one.value}</dd>
        </div>
      ))}
    </dl>
  );
}
