import { EyeOutlined } from "@ant-design/icons";
import type { useSortable } from "@dnd-kit/sortable";
import { useLingui } from "@lingui/react/macro";
import type { CSSProperties, ReactNode } from "react";
import type { Definition } from "@/api/fields";
import { NEEDS, TYPES, UNKNOWN_TYPE } from "@/rooms/fields/fieldWords";
import { Chip } from "@/ui/Chip";
import { Handle } from "@/ui/sorting/Handle";

interface FieldLineProps {
  field: Definition;
  sortable?: ReturnType<typeof useSortable>;
  style?: CSSProperties | undefined;
  isOpen?: boolean;
  onOpen?: () => void;
  /** In the place of the handle's counterpart: what may be done at once. */
  children?: ReactNode;
}

/** One field: what it is called, of which type, how strongly it is asked for, who sees it. */
export function FieldLine({ field, sortable, style, isOpen, onOpen, children }: FieldLineProps) {
  const { t, i18n } = useLingui();
  const type = TYPES[field.type] ?? UNKNOWN_TYPE;
  const kind = field.kinds.length === 1 ? field.kinds[0] : null;
  const classes = ["field-line", isOpen && "is-open", sortable?.isDragging && "is-dragged"];
  return (
    <li ref={sortable?.setNodeRef} className={classes.filter(Boolean).join(" ")} style={style}>
      {sortable && <Handle name={field.label} sortable={sortable} />}
      <span className="field-icon" title={i18n._(type.label)}>
        {type.icon}
      </span>
      <span className="field-name">
        {onOpen ? (
          <button type="button" onClick={onOpen} title={field.help || undefined}>
            {field.label}
          </button>
        ) : (
          field.label
        )}
        <small>
          {i18n._(type.label)}
          {field.group_label && (
            <span title={t`按“${field.group_label}”的权限看和改`}>
              <EyeOutlined aria-label={t`谁能看`} />
              {field.group_label}
            </span>
          )}
        </small>
      </span>
      <span className="field-marks">
        {kind === "company" && <Chip color="blue">{t`企业`}</Chip>}
        {kind === "person" && <Chip color="violet">{t`个人`}</Chip>}
        {!field.builtin && <Chip color="teal">{t`自定义`}</Chip>}
        {field.is_fixed ? (
          <span className="field-need faint">{t`系统填`}</span>
        ) : (
          <span className={`field-need need-${field.need}`}>{i18n._(NEEDS[field.need])}</span>
        )}
      </span>
      {children}
    </li>
  );
}
