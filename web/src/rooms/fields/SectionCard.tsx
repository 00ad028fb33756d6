import { ArrowDownOutlined, ArrowUpOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import { useDroppable } from "@dnd-kit/core";
import { SortableContext, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { useLingui } from "@lingui/react/macro";
import { Button, Input } from "antd";
import { useState } from "react";
import type { Definition } from "@/api/fields";
import { FieldLine } from "@/rooms/fields/FieldLine";

interface SectionCardProps {
  name: string;
  fields: Definition[];
  openKey: string | undefined;
  isFirst: boolean;
  isLast: boolean;
  onOpen: (field: Definition) => void;
  onAdd: () => void;
  onRename: (name: string) => void;
  onShift: (by: -1 | 1) => void;
}

const LONGEST = 20;

/** The id of a heading among the things one can drop a field on. */
export const blockId = (name: string) => `block:${name}`;

/** One heading of the form with its fields. */
export function SectionCard(props: SectionCardProps) {
  const { t } = useLingui();
  const { name, fields } = props;
  const { setNodeRef, isOver } = useDroppable({ id: blockId(name) });
  const title = name || t`没有分组`;
  return (
    <section className="section-card" aria-label={title}>
      <header>
        <SectionName name={name} title={title} onRename={props.onRename} />
        <Button
          type="text"
          size="small"
          icon={<ArrowUpOutlined />}
          aria-label={t`“${title}”往上移`}
          title={t`往上移`}
          disabled={props.isFirst}
          onClick={() => props.onShift(-1)}
        />
        <Button
          type="text"
          size="small"
          icon={<ArrowDownOutlined />}
          aria-label={t`“${title}”往下移`}
          title={t`往下移`}
          disabled={props.isLast}
          onClick={() => props.onShift(1)}
        />
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined />}
          aria-label={t`在“${title}”里添加字段`}
          title={t`在这里添加字段`}
          onClick={props.onAdd}
        />
      </header>
      <SortableContext
        id={name}
        items={fields.map((one) => one.key)}
        strategy={verticalListSortingStrategy}
      >
        <ul ref={setNodeRef} className={`section-fields ${isOver ? "is-over" : ""}`}>
          {fields.map((field) => (
            <SortableField
              key={field.key}
              field={field}
              isOpen={field.key === props.openKey}
              onOpen={() => props.onOpen(field)}
            />
          ))}
          {fields.length === 0 && <li className="section-empty">{t`把字段拖到这里`}</li>}
        </ul>
      </SortableContext>
    </section>
  );
}

function SortableField(props: { field: Definition; isOpen: boolean; onOpen: () => void }) {
  const sortable = useSortable({ id: props.field.key });
  const { transform, transition } = sortable;
  return (
    <FieldLine
      {...props}
      sortable={sortable}
      style={{
        transform: CSS.Transform.toString(transform && { ...transform, scaleX: 1, scaleY: 1 }),
        transition,
      }}
    />
  );
}

interface SectionNameProps {
  name: string;
  title: string;
  onRename: (name: string) => void;
}

function SectionName({ name, title, onRename }: SectionNameProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState<string | null>(null);
  if (typed === null) {
    return (
      <h3>
        <button type="button" onClick={() => setTyped(name)} title={t`点一下改名`}>
          {title}
          <EditOutlined aria-hidden />
        </button>
      </h3>
    );
  }
  const settle = () => {
    const next = typed.trim();
    if (next && next !== name) onRename(next);
    setTyped(null);
  };
  return (
    <Input
      className="section-input"
      aria-label={t`分组名`}
      autoFocus
      maxLength={LONGEST}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={settle}
      onPressEnter={settle}
      onKeyDown={(event) => event.key === "Escape" && setTyped(null)}
    />
  );
}
