import { CloseOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Kind } from "@/rooms/care/quickLine/marks";

interface UnderstoodChipProps {
  kind: Kind;
  /** What it is: 方式, 预算. */
  label: string;
  text: string;
  icon?: ReactNode;
  /** Stands beside it, quieter. */
  aside?: string;
  /** Nobody said so: it is what usually is. */
  isAssumed?: boolean;
  isOpen: boolean;
  onOpen: () => void;
  onRemove?: (() => void) | undefined;
  /** The pointer or the keyboard came to it, or left it. */
  onLight: (kind: Kind | null) => void;
}

/** One thing that was understood: a click changes it, the cross takes it away, and its words in the
 * sentence stand out while one looks at it. */
export function UnderstoodChip(props: UnderstoodChipProps) {
  const { kind, label, text, onLight } = props;
  const { t } = useLingui();
  const look = [props.isAssumed && "is-assumed", props.isOpen && "is-open"].filter(Boolean);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only watches what stands in it
    <span
      className={`ql-chip ql-${kind} ${look.join(" ")}`}
      onPointerEnter={() => onLight(kind)}
      onPointerLeave={() => onLight(null)}
      onFocus={() => onLight(kind)}
      onBlur={() => onLight(null)}
    >
      <button
        type="button"
        className="ql-chip-main"
        aria-label={t`${label}：${text}`}
        aria-expanded={props.isOpen}
        title={t`点一下修改`}
        onClick={props.onOpen}
      >
        {props.icon}
        <span className="ql-chip-text">{text}</span>
        {props.aside && <small>{props.aside}</small>}
      </button>
      {props.onRemove && (
        <button
          type="button"
          className="ql-chip-off"
          aria-label={t`去掉${label}`}
          title={t`去掉${label}`}
          onClick={props.onRemove}
        >
          <CloseOutlined />
        </button>
      )}
    </span>
  );
}
