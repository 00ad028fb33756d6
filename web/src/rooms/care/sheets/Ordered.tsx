import type { ReactNode } from "react";
import { SortableList } from "@/ui/sorting/SortableList";

interface OrderedProps<Sheet> {
  label: string;
  items: Sheet[];
  nameOf: (sheet: Sheet) => string;
  /** Absent where the order stays as it is. */
  onOrder?: ((after: Sheet[]) => void) | undefined;
  children: (sheet: Sheet) => ReactNode;
}

/** Sheets one below the other: to be moved by who may. */
export function Ordered<Sheet extends { id: number }>(props: OrderedProps<Sheet>) {
  const { label, items, nameOf, onOrder, children } = props;
  if (!onOrder)
    return (
      <ul className="sheets is-fixed" aria-label={label}>
        {items.map((one) => (
          <li key={one.id}>{children(one)}</li>
        ))}
      </ul>
    );
  return (
    <div className="sheets">
      <SortableList
        label={label}
        items={items}
        idOf={({ id }) => String(id)}
        nameOf={nameOf}
        onOrder={onOrder}
      >
        {children}
      </SortableList>
    </div>
  );
}
