import { HolderOutlined } from "@ant-design/icons";
import type { useSortable } from "@dnd-kit/sortable";
import { useLingui } from "@lingui/react/macro";
import "@/ui/sorting/sorting.css";

type Sortable = ReturnType<typeof useSortable>;

interface HandleProps {
  /** What is moved by it. */
  name: string;
  sortable: Pick<Sortable, "attributes" | "listeners" | "setActivatorNodeRef">;
}

/** Where one takes a line to move it: by mouse, finger, or with Space and the arrows. */
export function Handle({ name, sortable }: HandleProps) {
  const { t } = useLingui();
  return (
    <button
      type="button"
      className="drag-handle"
      ref={sortable.setActivatorNodeRef}
      {...sortable.attributes}
      {...sortable.listeners}
      aria-label={t`移动“${name}”`}
      title={t`按住拖动`}
    >
      <HolderOutlined />
    </button>
  );
}
