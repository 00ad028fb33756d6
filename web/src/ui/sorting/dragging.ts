import {
  type Announcements,
  KeyboardSensor,
  PointerSensor,
  type ScreenReaderInstructions,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import { useLingui } from "@lingui/react/macro";

const STARTS_AFTER = 5;

/** Dragging by mouse, finger and keyboard (Space takes, arrows move, Space drops, Esc gives up), told
 * to screen readers in words. `nameOf` gives what a thing is called by its id. */
export function useDragging(nameOf: (id: string) => string) {
  const { t } = useLingui();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: STARTS_AFTER } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const name = (thing: { id: string | number }) => nameOf(String(thing.id));
  const announcements: Announcements = {
    onDragStart: ({ active }) => t`拿起了“${name(active)}”`,
    onDragOver: ({ active, over }) =>
      over ? t`“${name(active)}”移到了“${name(over)}”的位置` : t`“${name(active)}”不在任何位置上`,
    onDragEnd: ({ active, over }) =>
      over ? t`“${name(active)}”放在了“${name(over)}”的位置` : t`“${name(active)}”放回了原处`,
    onDragCancel: ({ active }) => t`“${name(active)}”放回了原处`,
  };
  const screenReaderInstructions: ScreenReaderInstructions = {
    draggable: t`按空格拿起，用上下方向键移动，再按空格放下，按 Esc 放弃。`,
  };
  return { sensors, accessibility: { announcements, screenReaderInstructions } };
}
