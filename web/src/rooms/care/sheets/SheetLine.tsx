import { DeleteOutlined, EditOutlined } from "@ant-design/icons";
import { useLingui } from "@lingui/react/macro";
import { Button } from "antd";
import type { ReactNode } from "react";

interface SheetLineProps {
  name: string;
  /** Behind the name: chips, counts. */
  aside?: ReactNode;
  children: ReactNode;
  /** Absent where the reader may only read. */
  onEdit?: (() => void) | undefined;
  onRemove?: (() => void) | undefined;
}

/** One sheet in the settings. */
export function SheetLine({ name, aside, children, onEdit, onRemove }: SheetLineProps) {
  const { t } = useLingui();
  return (
    <div className="sheet-line">
      <div className="sheet-head">
        <strong>{name}</strong>
        {aside}
        {onEdit && (
          <span className="sheet-tools">
            <Button
              size="small"
              type="text"
              icon={<EditOutlined />}
              aria-label={t`修改“${name}”`}
              title={t`修改`}
              onClick={onEdit}
            />
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t`删除“${name}”`}
              title={t`删除`}
              onClick={onRemove}
            />
          </span>
        )}
      </div>
      {children}
    </div>
  );
}
