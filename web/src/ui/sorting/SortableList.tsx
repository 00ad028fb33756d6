import { closestCenter, DndContext, type DragEndEvent } from "@dnd-kit/core";
import {
  arrayMove,
  SortableContext,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import type { ReactNode } from "react";
import { useDragging } from "@/ui/sorting/dragging";
import { Handle } from "@/ui/sorting/Handle";
import "@/ui/sorting/sorting.css";

interface SortableListProps<Item> {
  label: string;
  items: Item[];
  idOf: (item: Item) => string;
  nameOf: (item: Item) => string;
  onOrder: (items: Item[]) => void;
  children: (item: Item, index: number) => ReactNode;
}

/** Lines in an order of one's own: each with a handle in front. */
export function SortableList<Item>(props: SortableListProps<Item>) {
  const { items, idOf, nameOf } = props;
  const at = (id: string | number) => items.findIndex((item) => idOf(item) === id);
  const dragging = useDragging((id) => {
    const item = items[at(id)];
    return item === undefined ? "" : nameOf(item);
  });
  const drop = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) props.onOrder(arrayMove(items, at(active.id), at(over.id)));
  };
  return (
    <DndContext {...dragging} collisionDetection={closestCenter} onDragEnd={drop}>
      <SortableContext items={items.map(idOf)} strategy={verticalListSortingStrategy}>
        <ul className="sortable" aria-label={props.label}>
          {items.map((item, index) => (
            <Line key={idOf(item)} id={idOf(item)} name={nameOf(item)}>
              {props.children(item, index)}
            </Line>
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

function Line({ id, name, children }: { id: string; name: string; children: ReactNode }) {
  const sortable = useSortable({ id });
  const { transform, transition, isDragging } = sortable;
  return (
    <li
      ref={sortable.setNodeRef}
      className={isDragging ? "is-dragged" : ""}
      style={{
        transform: CSS.Transform.toString(
          transform && { ...transform, x: 0, scaleX: 1, scaleY: 1 },
        ),
        transition,
      }}
    >
      <Handle name={name} sortable={sortable} />
      {children}
    </li>
  );
}
