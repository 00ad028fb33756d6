import {
  closestCorners,
  DndContext,
  type DragEndEvent,
  type DragOverEvent,
  DragOverlay,
} from "@dnd-kit/core";
import { useMemo, useState } from "react";
import type { Definition } from "@/api/fields";
import { FieldLine } from "@/rooms/fields/FieldLine";
import { type Block, moved, renamed, shifted } from "@/rooms/fields/order";
import { blockId, SectionCard } from "@/rooms/fields/SectionCard";
import { useDragging } from "@/ui/sorting/dragging";

interface FieldSectionsProps {
  fields: Definition[];
  blocks: Block[];
  openKey: string | undefined;
  onBlocks: (blocks: Block[]) => void;
  onOpen: (field: Definition) => void;
  onAdd: (section: string) => void;
}

const BLOCK = blockId("");

/** The form as it stands: headings with their fields, moved within and between them. */
export function FieldSections(props: FieldSectionsProps) {
  const { fields, onBlocks } = props;
  const byKey = useMemo(() => new Map(fields.map((one) => [one.key, one])), [fields]);
  const [dragged, setDragged] = useState<string | null>(null);
  // While one drags over another heading, the field already stands there.
  const [passing, setPassing] = useState<Block[] | null>(null);
  const blocks = passing ?? props.blocks;
  const nameOf = (id: string) =>
    id.startsWith(BLOCK) ? id.slice(BLOCK.length) : (byKey.get(id)?.label ?? "");
  const dragging = useDragging(nameOf);
  const placeOf = (id: string) =>
    id.startsWith(BLOCK)
      ? id.slice(BLOCK.length)
      : blocks.find((one) => one.keys.includes(id))?.name;
  const onto = (id: string) =>
    id.startsWith(BLOCK) ? { block: id.slice(BLOCK.length) } : { key: id };

  const over = ({ active, over: target }: DragOverEvent) => {
    if (!target) return;
    const [key, id] = [String(active.id), String(target.id)];
    if (placeOf(key) !== placeOf(id)) setPassing(moved(blocks, key, onto(id)));
  };
  const drop = ({ active, over: target }: DragEndEvent) => {
    const [key, id] = [String(active.id), target && String(target.id)];
    // Dropped on its own heading it stays where it has got to.
    const next = id && !id.startsWith(BLOCK) ? moved(blocks, key, onto(id)) : blocks;
    setDragged(null);
    setPassing(null);
    if (next !== props.blocks) onBlocks(next);
  };
  const cancel = () => {
    setDragged(null);
    setPassing(null);
  };
  const shown = dragged ? byKey.get(dragged) : undefined;
  return (
    <DndContext
      {...dragging}
      collisionDetection={closestCorners}
      onDragStart={({ active }) => setDragged(String(active.id))}
      onDragOver={over}
      onDragEnd={drop}
      onDragCancel={cancel}
    >
      {blocks.map(({ name, keys }, at) => (
        <SectionCard
          key={name}
          name={name}
          fields={keys.flatMap((key) => byKey.get(key) ?? [])}
          openKey={props.openKey}
          isFirst={at === 0}
          isLast={at === blocks.length - 1}
          onOpen={props.onOpen}
          onAdd={() => props.onAdd(name)}
          onRename={(next) => onBlocks(renamed(blocks, name, next))}
          onShift={(by) => onBlocks(shifted(blocks, name, by))}
        />
      ))}
      <DragOverlay>
        {shown && (
          <ul className="section-fields is-overlay">
            <FieldLine field={shown} />
          </ul>
        )}
      </DragOverlay>
    </DndContext>
  );
}
